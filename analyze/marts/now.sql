-- question: When is now, as far as the data of each owner know?
-- columns:
--   owner_id: see owners
--   at: newest time in the interactions and connections; never the clock, so that an old export is not all dormant
--   day: the same as days since 1970 by the owner's clock
--   began: earliest interaction; null without any
--   began_day: the same as days since 1970
--   offset_us: microseconds from UTC to the owner's clock
-- source: definition
with
    clock as (
        select (value * 3.6e9)::bigint as offset_us
        from main.thresholds
        where name = 'utc_offset_hours'
    ),
    seen as (
        select i.owner_id, max(i.at) as newest, min(i.at) as began
        from core.interactions i
        where i.person_id is not null
        group by i.owner_id
        union all
        select owner_id, max(connected_at) as newest, null as began
        from main.contacts
        where relation not in ('group', 'organisation')
        group by owner_id
    )
select
    seen.owner_id,
    max(seen.newest) as at,
    ((epoch_us(max(seen.newest)) + any_value(clock.offset_us)) // 86400000000)::integer as day,
    min(seen.began) as began,
    ((epoch_us(min(seen.began)) + any_value(clock.offset_us)) // 86400000000)::integer as began_day,
    any_value(clock.offset_us) as offset_us
from seen cross join clock
where seen.newest is not null
group by seen.owner_id
