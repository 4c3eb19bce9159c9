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
-- each: person
-- source: own definition; speed is a courtesy measure and says nothing of strength
with
    knob as (
        select max(value) filter (name = 'conversation_gap_days') * 8.64e10 as gap_us
        from main.thresholds
    ),
    spoken as (
        select
            i.owner_id,
            i.person_id,
            i.direction,
            epoch_us(i.at) - lag(epoch_us(i.at)) over (
                partition by i.owner_id, i.person_id order by i.at, i.interaction_id
            ) as silence
        from core.interactions i
        semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
        where i.at is not null and not i.one_click
            and (i.kind <> 'invitation' or i.words > 0)
    ),
    openings as (
        select
            spoken.owner_id,
            spoken.person_id,
            count(*) as started,
            count(*) filter (spoken.direction = 'out') as started_by_owner,
            count(*) filter (spoken.direction = 'in') as started_by_them
        from spoken cross join knob
        where spoken.silence is null or spoken.silence > knob.gap_us
        group by spoken.owner_id, spoken.person_id
    ),
    answers as (
        select
            owner_id,
            person_id,
            count(*) filter (direction = 'in') as replies,
            median(hours) filter (direction = 'in') as reply_hours,
            count(*) filter (direction = 'out') as own_replies,
            median(hours) filter (direction = 'out') as own_reply_hours
        from mart.replies
        group by owner_id, person_id
    )
select
    owner_id,
    person_id,
    openings.started,
    openings.started_by_owner,
    openings.started_by_them,
    coalesce(answers.replies, 0) as replies,
    answers.reply_hours,
    coalesce(answers.own_replies, 0) as own_replies,
    answers.own_reply_hours
from openings
left join answers using (owner_id, person_id)
