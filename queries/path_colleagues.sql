-- Everybody the owner is likely to be in touch with who works or worked at a company with one of
-- these words in its name: who shared an employer with somebody may know them.
-- Parameter: words.
with
    at_companies as (
        select distinct person_id
        from mart.words
        where word in (select unnest($words::varchar[])) and field in ('company', 'former_company')
    ),
    living as (
        select
            ties.person_id,
            any_value(ties.name) as name,
            max(ties.alive) as alive,
            arg_max(ties.class, (ties.alive, -ties.owner_id)) as class,
            max(ties.last_contact) as last_contact
        from ties
        semi join at_companies on at_companies.person_id = ties.person_id
        where ties.class not in ('card', 'dormant') and ties.alive > 0
        group by ties.person_id
    )
select distinct
    living.person_id,
    coalesce(living.name, '(no name)') as name,
    living.alive,
    living.class,
    living.last_contact,
    passages.text
from living
join mart.passages using (person_id)
where passages.field in ('company', 'former_company')
order by living.person_id, passages.text
