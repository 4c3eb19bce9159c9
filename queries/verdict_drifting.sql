-- Who is slipping away from one owner, the greatest loss first.
-- Parameters: owner, limit.
select name, last_contact, evidence
from drift
where owner_id = $owner
order by place
limit $limit
