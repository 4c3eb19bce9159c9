"""Pictures: pure functions from the rows of one analysis to markup, without a chart engine."""
