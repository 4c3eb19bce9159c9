-- question: Of which day is the export before the newest, of each source?
-- columns:
--   owner_id: see owners
--   source: see export_days
--   day: see export_days
-- source: the rows of export_days that strength is measured at, so that other exports change nothing here
select owner_id, source, day
from mart.export_days
where is_previous
