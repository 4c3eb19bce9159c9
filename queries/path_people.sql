-- Who works or worked at companies of these names, with the best tie that any owner has.
-- Parameter: names.
with
    placed as (
        select
            person_id,
            field = 'company' as is_now,
            arg_max(text, ("at" is not null, "at", text)) as company,
            max("at") as "at"
        from mart.passages
        where field in ('company', 'former_company')
            and text in (select unnest($names::varchar[]))
        group by person_id, is_now
    ),
    standing as (
        select person_id, arg_max(placed, is_now) as at_company
        from placed
        group by person_id
    )
select
    people.person_id,
    coalesce(people.name, '(no name)') as name,
    people.title,
    at_company.company as company,
    at_company.is_now as is_now,
    at_company."at" as until,
    max(ties.alive) as alive,
    arg_max(ties.class, (ties.alive, ties.strength, -ties.owner_id)) as class,
    arg_max(ties.last_contact, (ties.alive, ties.strength, -ties.owner_id)) as last_contact
from standing
join people using (person_id)
join ties using (person_id)
where not people.is_owner
group by all
order by people.person_id
