-- question: Who understands what, and how alive is my tie to them?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   class: see ties
--   alive: chance to be in touch within a year
--   strength: see ties
--   skills: skills you endorsed, and your own tags about them
--   titles: job titles, the present one first
--   companies: companies, the present one first
--   lives_in: their place; null if unknown
--   topics: up to five words of their requests and introductions to you that others use as well, the most frequent first
-- source: Sonnenberg: know the strengths of each member; Cross & Thomas and others: where to get help; plain lists of what your data say
-- limits: words are not skill, and an endorsement is one click; 'notworking who QUERY' also looks into notes, groups, recommendations and messages
with
    former as (
        select
            person_id,
            list(text order by text) filter (field = 'former_title') as titles,
            list(text order by text) filter (field = 'former_company') as companies
        from mart.passages
        where field in ('former_title', 'former_company') and text is not null
        group by person_id
    ),
    skilled as (
        select owner_id, person_id, list(term order by line, term) as skills
        from (
            select distinct
                known.owner_id,
                known.person_id,
                regexp_replace(tags.tag, '^knows:\s*', '') as term,
                1 as line
            from tags
            join mart.known on known.person_id = tags.person_id
            where tags.tag not in ('pin', 'leave', 'exclude', 'kin', 'duty') and not regexp_matches(
                tags.tag, '^(class|benefit|energy|audited|outcome|gender|met-through|needs):'
            )
            union all
            select owner_id, person_id, term, 2 from mart.terms where place = 'skill'
        )
        group by owner_id, person_id
    ),
    asked as (
        select t.owner_id, t.person_id, t.term, count(*) as times, max(t.rarity) as rarity
        from mart.asked_terms t
        join hints on hints.hint_id = t.hint_id
        where not hints.dismissed
        group by t.owner_id, t.person_id, t.term
        -- What one person alone asks about is mostly the name of somebody.
        qualify count(*) over (partition by t.owner_id, t.term) >= 2
    ),
    turned_to as (
        select
            owner_id,
            person_id,
            list_transform(
                max({'times': times, 'rarity': rarity, 'term': term}, 5), lambda word: word.term
            ) as topics
        from asked
        group by owner_id, person_id
    )
select
    ties.owner_id,
    ties.person_id,
    ties.name,
    ties.class,
    ties.alive,
    ties.strength,
    coalesce(skilled.skills, []) as skills,
    case when people.title is null then coalesce(former.titles, [])
        else list_prepend(people.title, coalesce(former.titles, [])) end as titles,
    case when people.company is null then coalesce(former.companies, [])
        else list_prepend(people.company, coalesce(former.companies, [])) end as companies,
    people.location as lives_in,
    coalesce(turned_to.topics, []) as topics
from ties
join people on people.person_id = ties.person_id
left join former on former.person_id = ties.person_id
left join skilled on skilled.owner_id = ties.owner_id and skilled.person_id = ties.person_id
left join turned_to
    on turned_to.owner_id = ties.owner_id and turned_to.person_id = ties.person_id
where skilled.skills is not null or turned_to.topics is not null
    or former.person_id is not null
    or coalesce(people.title, people.company, people.location) is not null
order by ties.owner_id, ties.class = 'card', ties.alive desc, ties.strength desc, ties.person_id
