-- How many rows of each file of the run were met, and how many of them were new.
select file_id, sum(met)::bigint as met, sum(loaded)::bigint as loaded
from (
    select file_id, count(*) as met, 0 as loaded from stage_entries group by file_id
    union all
    select file_id, count(*), 0 from stage_events group by file_id
    union all
    select file_id, count(*), 0 from stage_stages group by file_id
    union all
    select file_id, 0, count(*) from new_entries group by file_id
    union all
    select file_id, 0, count(*) from new_events group by file_id
    union all
    select file_id, 0, count(*) from new_stages group by file_id
)
group by file_id
