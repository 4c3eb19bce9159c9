"""The questions: one .sql file each, and the catalogue that turns them into views."""
