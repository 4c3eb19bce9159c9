-- question: On which days did somebody else's group message reach both the owner and a person?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   day: days since 1970 by the owner's clock
--   w: largest weight of such a message that day, 1 / sqrt(members - 1)
-- each: person
-- source: own measurement: time in the same groups raises the ranking of ties
-- limits: silent members are known only where a file lists them
with
    knob as (
        select max(value) filter (name = 'shared_max_size') as largest from main.thresholds
    ),
    written as (
        select
            i.owner_id,
            i.thread_id,
            ((epoch_us(i.at) + clocks.offset_us) // 86400000000)::integer as day,
            i.person_id as sender,
            1 / sqrt(min(i.thread_size) - 1) as w
        from core.interactions i
        join mart.clocks using (owner_id)
        cross join knob
        where i.direction = 'in' and i.thread_size >= 3 and i.thread_size <= knob.largest
            and i.at is not null and i.thread_id is not null and i.person_id is not null
        group by all
    ),
    -- The two heaviest senders of a thread and day: what a member heard from others is the first,
    -- or the second for the first.
    heard as (
        select
            owner_id,
            thread_id,
            day,
            max({'w': w, 'sender': sender}) as first,
            max(w) as first_w,
            list(w order by w desc, sender desc)[2] as second_w
        from written
        group by owner_id, thread_id, day
    )
select
    members.owner_id,
    members.person_id,
    heard.day,
    max(case when heard.first.sender = members.person_id then heard.second_w else heard.first_w end)
        as w
from heard
join mart.thread_members members using (owner_id, thread_id)
where heard.first.sender <> members.person_id or heard.second_w is not null
group by members.owner_id, members.person_id, heard.day
