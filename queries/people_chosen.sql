-- The people for whom a condition of the user's holds, over the columns of people and ties.
-- Parameter: owner, or null for all. The condition stands in its place below.
select person_id
from (
    select p.*, t.* exclude (person_id, name, sources)
    from people p
    left join ties t on t.person_id = p.person_id and (t.owner_id = $owner or $owner is null)
    where $owner is null or t.owner_id is not null
) everybody
where (
    {condition}
)
