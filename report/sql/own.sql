-- The user's own words about people. How time together feels is for the analysis alone, and marks
-- of a finished round tell nothing.
select
    person_id,
    coalesce((
        select list(tag order by tag)
        from tags
        where tags.person_id = people.person_id
            and not regexp_matches(tag, '^(energy|audited):')
    ), []) as tags,
    coalesce((
        select list(strftime(noted_at, '%Y-%m-%d') || ': ' || text order by noted_at, text)
        from notes
        where notes.person_id = people.person_id
    ), []) as notes
from people
where person_id in (select person_id from tags) or person_id in (select person_id from notes)
order by person_id
