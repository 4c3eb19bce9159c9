-- Every file that was ever given, and what became of it.
select import_id, path, kind, status, rows_read, rows_loaded, rows_unchanged, rows_rejected, message
from source_files
order by file_id
