-- Who was seen with whom in the same conversations; each pair once, with the weight of pairs.
-- Parameter: owner, or null for all.
select owner_id, least(person_id, other_id) as one, greatest(person_id, other_id) as other,
    max(z) as weight
from mart.pairs
where owner_id = $owner or $owner is null
group by all
order by all
