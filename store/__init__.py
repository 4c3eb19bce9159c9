"""The DuckDB file: opening, migrating, writing. The only room that writes rows."""
