-- The names of everything in main.
select view_name as name
from duckdb_views()
where schema_name = 'main' and not internal
union
select table_name
from duckdb_tables()
where schema_name = 'main'
