-- question: At which hour, and where, does each person answer within a day?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   source: see interactions
--   hour: hour of the answer by the owner's clock, 0 to 23
--   answers: answers in that hour
-- source: definition: a private message of theirs within 24 hours after one of the owner's in the same conversation
with
    spoken as (
        select
            i.owner_id,
            i.person_id,
            i.source,
            i.direction,
            epoch_us(i.at) as us,
            lag(i.direction) over thread as before,
            epoch_us(i.at) - lag(epoch_us(i.at)) over thread as since
        from core.interactions i
        semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
        where i.at is not null and i.kind = 'message' and i.thread_size <= 2 and not i.one_click
        window thread as (
            partition by i.owner_id, i.person_id, i.source, i.thread_id
            order by i.at, i.interaction_id
        )
    )
select
    spoken.owner_id,
    spoken.person_id,
    spoken.source,
    (((spoken.us + now.offset_us) // 3600000000) % 24)::integer as hour,
    count(*) as answers
from spoken
join mart.now using (owner_id)
where spoken.direction = 'in' and spoken.before = 'out' and spoken.since <= 86400000000
group by all
