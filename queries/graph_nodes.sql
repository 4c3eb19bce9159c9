-- The people of the picture: living and dormant ties, and whoever was seen with one of them.
-- Parameter: owner, or null for all.
select t.owner_id, t.person_id, t.name, t.class, t.ring, t.strength, t.alive,
    p.company, p.title
from ties t
join people p using (person_id)
where (t.owner_id = $owner or $owner is null)
    and (t.class <> 'card'
        or exists (
            from mart.pairs q where q.owner_id = t.owner_id and q.other_id = t.person_id))
order by t.owner_id, t.person_id
