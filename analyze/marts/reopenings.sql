-- question: Who took up contact again after a long silence?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   direction: out (the owner did) or in (they did)
--   reopened_at: first interaction after the silence, one click excluded
--   silent_days: days of silence before
-- each: person
-- source: definition; the silence is one of both sides
with
    knob as (
        select max(value) filter (name = 'reopened_after_days') * 8.64e10 as silence_us
        from main.thresholds
    ),
    spoken as (
        select
            i.owner_id,
            i.person_id,
            i.direction,
            i."at" as moment,
            epoch_us(i."at") - lag(epoch_us(i."at")) over (
                partition by i.owner_id, i.person_id order by i."at", i.interaction_id
            ) as silence
        from core.interactions i
        semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
        where i."at" is not null and not i.one_click
            and (i.kind <> 'invitation' or i.words > 0)
    )
select
    spoken.owner_id,
    spoken.person_id,
    spoken.direction,
    spoken.moment as reopened_at,
    floor(spoken.silence / 8.64e10)::integer as silent_days
from spoken cross join knob
where spoken.silence > knob.silence_us and spoken.direction in ('in', 'out')
