-- question: In which sources did the owner and each person talk, and until when?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   source: see interactions
--   days_in: days on which they wrote, called or met
--   days_out: days on which the owner did
--   last_at: latest time
-- each: person
-- source: plain counts
select
    i.owner_id,
    i.person_id,
    i.source,
    count(distinct (epoch_us(i.at) + clocks.offset_us) // 86400000000)
        filter (i.direction in ('in', 'mutual')) as days_in,
    count(distinct (epoch_us(i.at) + clocks.offset_us) // 86400000000)
        filter (i.direction in ('out', 'mutual')) as days_out,
    max(i.at) as last_at
from core.interactions i
join mart.clocks using (owner_id)
semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
where i.kind in ('message', 'call', 'meeting') and i.at is not null
group by i.owner_id, i.person_id, i.source
