-- question: Which exports did I bring in, and of which day is each?
-- columns:
--   owner_id: see owners
--   source: see contacts
--   made_on: day of the export: its name, its archive, or the newest date in it
--   place: 1 for the newest export of this source, 2 for the one before, and so on
--   is_previous: the one with which the newest of this source is compared: the last that is older by more than same_export_days
-- source: definition
-- limits: what lies in one archive, or in one folder given to import, is one export; a content that was read before makes no further one
select owner_id, source, date '1970-01-01' + day as made_on, place, is_previous
from mart.export_days
order by owner_id, source, place
