-- question: If I needed this tomorrow, whom could I really ask?
-- columns:
--   owner_id: see owners
--   term: a word from job titles, a company, a skill you endorsed, or your own tag
--   place: title, company, skill or tag
--   knows_it: people it stands for
--   knows_you: of these, no cards
--   answers_you: of these, likely to be in touch with you within a year
--   ask_first: up to three of these (else of those who know you), the strongest first
--   ask_first_ids: the same as numbers, see people
-- source: Cross & Thomas: many friends, and nobody could help
-- limits: matching is by words, and words are not skill
with
    knob as (
        select max(value) filter (name = 'alive_enough') as enough from thresholds
    ),
    terms as (
        select owner_id, person_id, term, place from mart.terms
        union all
        select distinct known.owner_id, known.person_id, lower(tags.tag), 'tag'
        from tags
        join mart.known on known.person_id = tags.person_id
        where tags.tag not like 'class:%' and tags.tag not in ('pin', 'leave', 'exclude', 'kin', 'duty')
            and not regexp_matches(tags.tag, '^(energy|audited|outcome|met-through|needs):')
    ),
    counted as (
        select
            terms.owner_id,
            terms.term,
            terms.place,
            count(*) as knows_it,
            count(*) filter (ties.class <> 'card') as knows_you,
            count(*) filter (ties.class not in ('card', 'dormant') and ties.alive >= knob.enough) as answers_you,
            max({'s': ties.strength, 'p': -ties.person_id}, 3)
                filter (ties.class <> 'card') as best
        from terms
        join ties on ties.owner_id = terms.owner_id and ties.person_id = terms.person_id
        cross join knob
        group by terms.owner_id, terms.term, terms.place
    ),
    named as (
        select
            counted.owner_id,
            counted.term,
            counted.place,
            list(people.name order by pick.best.s desc, pick.best.p desc) as ask_first,
            list(people.person_id order by pick.best.s desc, pick.best.p desc) as ask_first_ids
        from counted
        cross join lateral (select unnest(counted.best) as best) pick
        join people on people.person_id = -pick.best.p
        group by counted.owner_id, counted.term, counted.place
    )
select
    counted.owner_id,
    counted.term,
    counted.place,
    counted.knows_it,
    counted.knows_you,
    counted.answers_you,
    coalesce(named.ask_first, []) as ask_first,
    coalesce(named.ask_first_ids, []) as ask_first_ids
from counted
left join named using (owner_id, term, place)
