-- Favours of the last year between the owner and each person.
-- Parameter: owner.
select person_id, given, received
from giver_taker_people
where owner_id = $owner and given + received > 0
order by person_id
