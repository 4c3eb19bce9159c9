"""LinkedIn's personal data export: one module per kind of file."""
