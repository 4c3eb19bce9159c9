-- question: What do people come to me for?
-- columns:
--   owner_id: see owners
--   term: a word of requests and introductions to you, or a skill that others endorsed
--   place: asked or endorsed
--   people: people who said so
--   last_at: latest time
--   weight: people times rarity of the word in your mail; for a skill the number of people
--   evidence: the latest request, with name, date, source and words
-- source: TF-IDF, by people instead of messages; an essay on networking calls it the value proposition
-- limits: requests of cards are left out, since recruiters and sales inflate them; needs kept text; words only, and words are not skill; endorsements are one click
with
    asked as (
        select
            t.owner_id,
            t.term,
            count(distinct t.person_id) as people,
            max(hints."at") as last_at,
            count(distinct t.person_id) * any_value(t.rarity) as weight,
            arg_max(
                coalesce(people.name, '(no name)') || ' on '
                || (date '1970-01-01'
                    + ((epoch_us(hints."at") + now.offset_us) // 86400000000)::integer)::varchar
                || ' (' || hints.source || ': "' || hints.words || '")',
                (hints."at", hints.hint_id)
            ) as evidence
        from mart.asked_terms t
        join hints on hints.hint_id = t.hint_id
        join people on people.person_id = t.person_id
        join ties on ties.owner_id = t.owner_id and ties.person_id = t.person_id
        join mart.now on now.owner_id = t.owner_id
        where ties.class <> 'card' and not hints.dismissed and hints."at" is not null
        group by t.owner_id, t.term
        having count(distinct t.person_id) >= 2
    ),
    endorsed as (
        select
            i.owner_id,
            trim(e.text) as term,
            count(distinct i.person_id) as people,
            max(i."at") as last_at
        from core.interactions i
        join raw.events e on e.event_id = i.event_id
        where i.kind = 'endorsement' and i.direction = 'in' and trim(e.text) <> ''
        group by i.owner_id, trim(e.text)
    )
select owner_id, term, place, people, last_at, weight, evidence
from (
    select
        owner_id,
        term,
        'asked' as place,
        people,
        last_at,
        round(weight, 2) as weight,
        evidence
    from asked
    union all
    select owner_id, term, 'endorsed', people, last_at, people, null from endorsed
)
order by owner_id, place, weight desc, term
