-- question: Which private messages were answers, and how soon did they come?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   source: see interactions
--   direction: in (they answered) or out (the owner did)
--   hours: time from the message before
--   hour: hour of the answer by the owner's clock, 0 to 23
-- each: person
-- source: own definition: a message after one from the other side in the same conversation, within the reply window
with
    knob as (
        select max(value) filter (name = 'reply_window_hours') * 3.6e9 as window_us
        from main.thresholds
    ),
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
    spoken.direction,
    spoken.since / 3.6e9 as hours,
    (((spoken.us + clocks.offset_us) // 3600000000) % 24)::integer as hour
from spoken
join mart.clocks using (owner_id)
cross join knob
where spoken.direction <> spoken.before and spoken.since <= knob.window_us
