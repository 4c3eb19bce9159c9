-- question: Who starts conversations, and how fast are answers?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   started: conversations, each after silent days
--   started_by_owner: of these, opened by the owner
--   started_by_them: of these, opened by the other; the rest began with both at once
--   replies: their answers to the owner's private messages, within the window
--   reply_hours: median time of these from the message before
--   own_replies: the owner's answers to theirs
--   own_reply_hours: median time of these
-- source: own definition; speed is a courtesy measure and says nothing of strength
with
    knob as (
        select
            max(value) filter (name = 'conversation_gap_days') * 8.64e10 as gap_us,
            max(value) filter (name = 'reply_window_hours') * 3.6e9 as window_us
        from main.thresholds
    ),
    spoken as (
        select
            i.owner_id,
            i.person_id,
            i.direction,
            i.kind = 'message' and i.thread_size <= 2 as private,
            epoch_us(i.at) as us,
            epoch_us(i.at) - lag(epoch_us(i.at)) over person as silence,
            lag(i.direction) over thread as before,
            epoch_us(i.at) - lag(epoch_us(i.at)) over thread as since
        from core.interactions i
        semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
        where i.at is not null and not i.one_click
            and (i.kind <> 'invitation' or i.words > 0)
        window
            person as (
                partition by i.owner_id, i.person_id order by i.at, i.interaction_id
            ),
            thread as (
                partition by i.owner_id, i.person_id, i.source, i.thread_id, i.kind = 'message',
                    i.thread_size <= 2
                order by i.at, i.interaction_id
            )
    ),
    judged as (
        select
            spoken.owner_id,
            spoken.person_id,
            spoken.direction,
            spoken.silence is null or spoken.silence > knob.gap_us as opens,
            spoken.private and spoken.since <= knob.window_us
                and spoken.direction <> spoken.before as replies,
            spoken.since / 3.6e9 as hours
        from spoken cross join knob
    )
select
    owner_id,
    person_id,
    count(*) filter (opens) as started,
    count(*) filter (opens and direction = 'out') as started_by_owner,
    count(*) filter (opens and direction = 'in') as started_by_them,
    count(*) filter (replies and direction = 'in') as replies,
    median(hours) filter (replies and direction = 'in') as reply_hours,
    count(*) filter (replies and direction = 'out') as own_replies,
    median(hours) filter (replies and direction = 'out') as own_reply_hours
from judged
group by owner_id, person_id
