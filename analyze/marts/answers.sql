-- question: When was each request that the words suggest answered, if ever?
-- columns:
--   owner_id: see owners
--   person_id: the other side
--   hint_id: the request, see hints
--   answered_at: next sign of the other side: a message in the same conversation, or a call or meeting
--   event_id: the event of that sign
-- each: person
-- source: definition
-- limits: an answer by voice or on another channel is not seen, but for calls and meetings in the data
with
    asked as (
        select
            hint_id,
            owner_id,
            person_id,
            coalesce(thread_id, 0) as thread_id,
            case direction when 'in' then 'out' else 'in' end as awaits,
            "at" as asked_at
        from core.hints
        where kind = 'ask' and "at" is not null and person_id is not null
    ),
    signs as (
        select i.owner_id, i.person_id, coalesce(i.thread_id, 0) as thread_id, i.direction,
            i."at" as sign_at, i.event_id
        from core.interactions i
        semi join asked on asked.owner_id = i.owner_id and asked.person_id = i.person_id
        where i."at" is not null and not i.one_click
    ),
    written as (
        select asked.owner_id, asked.person_id, asked.hint_id, signs.sign_at, signs.event_id
        from asked
        asof join signs
            on asked.owner_id = signs.owner_id and asked.person_id = signs.person_id
            and asked.thread_id = signs.thread_id and asked.awaits = signs.direction
            and asked.asked_at < signs.sign_at
    ),
    spoken as (
        select asked.owner_id, asked.person_id, asked.hint_id, signs.sign_at, signs.event_id
        from asked
        asof join (from signs where direction = 'mutual') signs
            on asked.owner_id = signs.owner_id and asked.person_id = signs.person_id
            and asked.asked_at < signs.sign_at
    )
select
    owner_id,
    person_id,
    hint_id,
    min(sign_at) as answered_at,
    arg_min(event_id, (sign_at, event_id)) as event_id
from (from written union all from spoken)
group by owner_id, person_id, hint_id
