-- One person as a target, with the best tie that any owner has.
-- Parameter: id.
select
    people.person_id,
    coalesce(people.name, '(no name)') as name,
    people.title,
    people.company,
    true as is_now,
    null::timestamptz as until,
    coalesce(max(ties.alive), 0) as alive,
    coalesce(arg_max(ties.class, (ties.alive, ties.strength, -ties.owner_id)), 'card') as class,
    arg_max(ties.last_contact, (ties.alive, ties.strength, -ties.owner_id)) as last_contact
from people
left join ties using (person_id)
where people.person_id = $id
group by all
