-- The shared tables that answers are read from and that are not there.
select name
from (
    values ('words'), ('passages'), ('vocabulary'), ('pairs'), ('introductions')
) needed (name)
where name not in (select table_name from duckdb_tables() where schema_name = 'mart')
