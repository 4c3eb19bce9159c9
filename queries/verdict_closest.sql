-- The strongest ties of one owner, strongest first.
-- Parameters: owner, limit.
select name, class, evidence
from ties
where owner_id = $owner and class <> 'card'
order by strength desc, person_id
limit $limit
