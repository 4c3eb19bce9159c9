-- question: Which words tell what each person knows or where they work?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   term: a word, a company or a skill, in lower case
--   place: company, title or skill
-- each: person
-- source: current company and title, and the skills that the owner endorsed
-- limits: words are not skill
with
    told as (
        select known.owner_id, known.person_id, people.company, people.title
        from mart.known
        join main.people using (person_id)
    ),
    words as (
        select
            owner_id,
            person_id,
            unnest(string_split(
                trim(regexp_replace(lower(title), '[^\p{L}\p{N}+#]+', ' ', 'g')), ' '
            )) as term
        from told
        where title is not null
    ),
    skills as (
        select i.owner_id, i.person_id, lower(trim(events.text)) as term
        from core.interactions i
        join raw.events on events.event_id = i.event_id
        semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
        where i.kind = 'endorsement' and i.direction = 'out' and events.text is not null
    )
select distinct owner_id, person_id, term, 'title' as place
from words
where length(term) >= 3
    and term not in ('and', 'the', 'for', 'und', 'der', 'die', 'des', 'les', 'del', 'von', 'van')
union all
select distinct owner_id, person_id, lower(trim(company)), 'company'
from told
where trim(company) <> ''
union all
select distinct owner_id, person_id, term, 'skill'
from skills
where term <> ''
