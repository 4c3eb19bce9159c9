-- What each source says of each person; days are counted from 1970, as browsers do.
-- Parameter: owner.
select person_id, source, relation, full_name, company,
    case when isfinite(connected_at) then
        date_diff('day', date '1970-01-01', (connected_at at time zone 'UTC')::date)
    end as since
from contacts
where owner_id = $owner and relation <> 'self'
order by person_id, source, contact_id
