-- Who is slipping away from one owner, the greatest loss first.
-- Parameters: owner, limit.
select name, last_contact, usual_gap_days, (epoch_us(n.at) - epoch_us(last_contact)) // 86400000000 as silent_days
from drift
join mart.now n using (owner_id)
where owner_id = $owner
order by place
limit $limit
