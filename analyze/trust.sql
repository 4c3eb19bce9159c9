-- question: Whom do I dare to ask for help?
-- columns:
--   owner_id: see owners
--   person_id: see people, rings 1 and 2
--   name: name of the person
--   ring: see ties
--   asked: your requests to them
--   support: you tagged them benefit:support
--   never_asked: neither
--   last_at: latest of your requests; null without any
--   source: where it stands
--   words: its words
--   hint_id: for notworking dismiss, if it is none
-- source: Hargreaves: a friend is somebody before whom one can be weak
-- limits: words only, see docs/hints.md; asked by voice is unseen
with
    knob as (
        select max(value) filter (name = 'hint_largest_group') as largest from thresholds
    ),
    asks as (
        select
            hints.owner_id,
            hints.person_id,
            count(*) as asked,
            max(hints."at") as last_at,
            arg_max(hints.source, (hints."at", hints.hint_id)) as source,
            arg_max(hints.words, (hints."at", hints.hint_id)) as words,
            arg_max(hints.hint_id, (hints."at", hints.hint_id)) as hint_id
        from hints cross join knob
        where hints.kind = 'ask' and hints.direction = 'out' and not hints.dismissed
            and hints."at" is not null and hints.thread_size <= knob.largest
        group by hints.owner_id, hints.person_id
    ),
    supporters as (
        select distinct person_id from tags where tag = 'benefit:support'
    ),
    telling as (
        select owner_id from hints
        union
        select ties.owner_id from ties semi join supporters using (person_id)
    )
select
    ties.owner_id,
    ties.person_id,
    ties.name,
    ties.ring,
    coalesce(asks.asked, 0) as asked,
    supporters.person_id is not null as support,
    asks.person_id is null and supporters.person_id is null as never_asked,
    asks.last_at,
    asks.source,
    asks.words,
    asks.hint_id
from ties
semi join telling on telling.owner_id = ties.owner_id
left join asks on asks.owner_id = ties.owner_id and asks.person_id = ties.person_id
left join supporters on supporters.person_id = ties.person_id
where ties.ring <= 2 and ties.class not in ('card', 'dormant')
order by ties.owner_id, never_asked, ties.strength desc, ties.person_id
