-- Every row that was not read, with its file, place and reason.
select s.path, r.place, r.reason, r.raw
from rejects r
join source_files s using (file_id)
order by s.file_id, r.place
