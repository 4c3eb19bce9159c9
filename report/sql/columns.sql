-- What the columns of everything in main mean.
select table_name, column_name, comment
from duckdb_columns()
where schema_name = 'main' and not internal
order by table_name, column_index
