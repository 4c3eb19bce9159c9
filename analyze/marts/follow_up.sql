-- question: What followed soon after each person was collected?
-- columns:
--   owner_id: see owners
--   person_id: see people, with a known day of becoming a contact
--   source: source of that day
--   day: that day, as days since 1970 by the owner's clock
--   written_14: the owner wrote within 14 days
--   two_way_30: both sides acted within 30 days
--   two_way_90: both sides acted by the 90th day
-- each: person
-- source: definition; what passed before the day counts for the last column only
select
    known.owner_id,
    known.person_id,
    any_value(known.connected_source) as source,
    ((epoch_us(any_value(known.connected_at)) + any_value(clocks.offset_us)) // 86400000000)::integer
        as day,
    coalesce(bool_or(d.direction = 'out' and d.day - start.day between 0 and 14), false)
        as written_14,
    count(distinct d.direction) filter (d.day - start.day between 0 and 30) = 2 as two_way_30,
    count(distinct d.direction) filter (d.day - start.day <= 90) = 2 as two_way_90
from mart.known
join mart.clocks using (owner_id)
cross join lateral (
    select ((epoch_us(known.connected_at) + clocks.offset_us) // 86400000000)::integer as day
) start
left join mart.contact_days d
    on d.owner_id = known.owner_id and d.person_id = known.person_id and d.exchanged
where known.connected_at is not null and known.collected
group by known.owner_id, known.person_id
