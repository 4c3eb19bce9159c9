-- question: How far is each owner's clock from UTC?
-- columns:
--   owner_id: see owners
--   offset_us: microseconds from UTC to the owner's clock
-- source: the threshold utc_offset_hours; apart from now, so that a newer message moves no earlier day
select owners.owner_id, (value * 3.6e9)::bigint as offset_us
from main.owners
cross join main.thresholds
where thresholds.name = 'utc_offset_hours'
