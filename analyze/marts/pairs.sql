-- question: Whom did the owner see in the same conversation as each tie?
-- columns:
--   owner_id: see owners
--   person_id: a two-way tie of the owner
--   other_id: somebody else in the same threads
--   z: weight of what both could read there, 1 / sqrt(members - 1) a message, fading with age
-- each: person
-- source: Burt 1992, with what was seen in shared threads as the ties of others
-- limits: silent members are known only where a file lists them
with
    knob as (
        select
            max(value) filter (name = 'shared_max_size') as largest,
            max(value) filter (name = 'memory_days') as memory
        from main.thresholds
    ),
    own as (
        select owner_id, person_id
        from mart.points
        where back = 0 and two_way
    ),
    written as (
        select
            i.owner_id,
            i.thread_id,
            sum(
                1 / sqrt(i.thread_size - 1)
                / (1 + (now.day - (epoch_us(i.at) + now.offset_us) // 86400000000) / knob.memory)
            ) as z
        from core.interactions i
        join mart.now using (owner_id)
        cross join knob
        where i.direction = 'in' and i.thread_size >= 3 and i.thread_size <= knob.largest
            and i.at is not null and i.thread_id is not null
        group by i.owner_id, i.thread_id
    )
select
    a.owner_id,
    a.person_id,
    b.person_id as other_id,
    sum(written.z) as z
from written
join mart.thread_members a using (owner_id, thread_id)
join mart.thread_members b using (owner_id, thread_id)
semi join own on own.owner_id = a.owner_id and own.person_id = a.person_id
where a.person_id <> b.person_id
group by a.owner_id, a.person_id, b.person_id
