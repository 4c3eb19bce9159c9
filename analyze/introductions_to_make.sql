-- question: Who of mine should meet?
-- columns:
--   owner_id: see owners
--   place: place in the list
--   person_id: who looks for something, see people
--   name: their name
--   other_id: who may have it, see people
--   other: their name
--   term: what both have to do with
--   why: request (a word of theirs to you) or tag (your tag needs:TERM)
--   strength_of_other: title, skill or tag (your tag knows:TERM)
--   at: when the request was made; null for a tag
--   source: where; null for a tag
--   words: its words; null for a tag
--   last_contact: your latest contact with the one
--   other_last_contact: your latest contact with the other
--   hint_id: for notworking dismiss, if it is none; null for a tag
-- source: what a bridge is worth; people who never met in your data and do not work at the same place
-- limits: a suggestion only: ask both first; words are not skill, and they may know each other where you cannot see it
with
    knob as (
        select
            max(value) filter (name = 'alive_enough') as enough,
            max(value) filter (name = 'giving_days') as giving_days,
            max(value) filter (name = 'introductions_cap') as cap
        from thresholds
    ),
    living as (
        select ties.owner_id, ties.person_id, ties.name, ties.alive, ties.last_contact,
            lower(trim(people.company)) as company
        from ties
        join people on people.person_id = ties.person_id
        cross join knob
        where ties.class not in ('card', 'dormant') and ties.alive >= knob.enough
    ),
    needs as (
        select
            t.owner_id,
            t.person_id,
            t.term,
            'request' as why,
            t.rarity,
            hints."at" as moment,
            hints.source,
            hints.words,
            t.hint_id
        from mart.asked_terms t
        join hints on hints.hint_id = t.hint_id
        join mart.now on now.owner_id = t.owner_id
        cross join knob
        where not hints.dismissed and hints.kind = 'ask'
            and epoch_us(now."at") - epoch_us(hints."at") < knob.giving_days * 8.64e10
        union all
        select living.owner_id, living.person_id, lower(trim(substr(tags.tag, 7))), 'tag', 99,
            null, null, null, null
        from living
        join tags on tags.person_id = living.person_id
        where tags.tag like 'needs:%'
    ),
    strengths as (
        select owner_id, person_id, term, place from mart.terms where place in ('title', 'skill')
        union
        select living.owner_id, living.person_id, lower(trim(substr(tags.tag, 7))), 'tag'
        from living
        join tags on tags.person_id = living.person_id
        where tags.tag like 'knows:%'
    ),
    paired as (
        select
            needs.*,
            a.name,
            a.last_contact,
            a.alive * b.alive as chance,
            b.person_id as other_id,
            b.name as other,
            b.last_contact as other_last_contact,
            strengths.place
        from needs
        join living a on a.owner_id = needs.owner_id and a.person_id = needs.person_id
        join strengths on strengths.owner_id = needs.owner_id and strengths.term = needs.term
        join living b
            on b.owner_id = strengths.owner_id and b.person_id = strengths.person_id
            and b.person_id <> a.person_id
            and (a.company is null or b.company is distinct from a.company)
    ),
    strangers as (
        select paired.*
        from paired
        where not exists (
            select 1
            from mart.thread_members one
            join mart.thread_members two
                on two.owner_id = one.owner_id and two.thread_id = one.thread_id
            where one.owner_id = paired.owner_id and one.person_id = paired.person_id
                and two.person_id = paired.other_id
        )
    ),
    once as (
        select *
        from strangers
        qualify row_number() over (
            partition by owner_id, person_id, other_id
            order by rarity desc, moment desc nulls last, term, place, hint_id
        ) = 1
    ),
    listed as (
        select
            *,
            row_number() over (
                partition by owner_id order by rarity * chance desc, person_id, other_id
            ) as place_in_list
        from once
    )
select
    owner_id,
    place_in_list as place,
    person_id,
    name,
    other_id,
    other,
    term,
    why,
    place as strength_of_other,
    moment as "at",
    source,
    words,
    last_contact,
    other_last_contact,
    hint_id
from listed cross join knob
where place_in_list <= cap
order by owner_id, place_in_list
