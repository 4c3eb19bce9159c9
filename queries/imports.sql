-- Every run of the import command.
select import_id, o.name as owner, started_at, files, rows_read, rows_loaded, rows_unchanged,
    rows_rejected
from imports i
left join owners o using (owner_id)
order by import_id
