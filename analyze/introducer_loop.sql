-- question: Did I tell those who introduced me what came of it?
-- columns:
--   owner_id: see owners
--   introducer_id: who introduced, see people
--   introducer: their name
--   person_id: who was introduced, see people
--   introduced: their name
--   how: group, named or tag, see door_openers
--   introduced_at: when; null for a tag
--   first_exchange: first time that you and the introduced had both written, called or met
--   told_at: your first word to the introducer after that; null without any
--   closed: it came within 30 days
--   source: where the introduction stands
--   words: its words; null where a group or a tag tells of it
--   hint_id: for notworking dismiss, if it is none
-- source: Sonnenberg: keep the introducer in the loop
-- limits: introducers as door_openers finds them; told by voice looks untold here
with
    knob as (
        select max(value) filter (name = 'told_days') as told_days from thresholds
    )
select
    i.owner_id,
    i.introducer_id,
    introducer.name as introducer,
    i.person_id,
    introduced.name as introduced,
    i.how,
    i.introduced_at,
    i.first_exchange_at as first_exchange,
    i.told_at,
    coalesce(
        epoch_us(i.told_at) - epoch_us(i.first_exchange_at) <= knob.told_days * 8.64e10, false
    ) as closed,
    i.source,
    hints.words,
    i.hint_id
from mart.introductions i
join people introducer on introducer.person_id = i.introducer_id
join people introduced on introduced.person_id = i.person_id
left join hints on hints.hint_id = i.hint_id
cross join knob
where i.first_exchange_at is not null and not coalesce(hints.dismissed and i.how = 'named', false)
order by i.owner_id, closed, i.first_exchange_at desc, i.introducer_id, i.person_id
