-- The text of every published view.
select view_name, "sql" from duckdb_views() where schema_name = 'main' and not internal
