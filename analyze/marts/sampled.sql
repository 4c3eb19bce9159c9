-- question: From which messages is it counted how rare a word is?
-- columns:
--   owner_id: see owners
--   event_id: the message
-- source: the messages with the smallest identifiers, which are hashes; all where there are few, else between half of term_sample and all of it, so that one more message seldom changes which
with
    knob as (
        select max(value) filter (name = 'term_sample') as sample from main.thresholds
    ),
    asked as (
        select distinct h.owner_id
        from core.hints h
        where h.kind in ('ask', 'intro') and h.direction = 'in'
    ),
    sizes as (
        select e.owner_id, count(*) as messages
        from raw.events e
        where e.kind = 'message'
        group by e.owner_id
    ),
    bounds as (
        select
            sizes.owner_id,
            case when sizes.messages <= knob.sample then 1
                else knob.sample / pow(2, ceil(log2(sizes.messages)))
            end * 9.223372036854775e18 as highest
        from sizes
        semi join asked using (owner_id)
        cross join knob
    )
select e.owner_id, e.event_id
from raw.events e
join bounds using (owner_id)
where e.kind = 'message' and e.event_id <= bounds.highest
