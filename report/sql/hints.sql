-- Words that told of an ask, an offer, thanks ..., the latest first; days are counted from 1970.
-- Parameter: owner.
select person_id, kind, direction, words,
    date_diff('day', date '1970-01-01', ("at" at time zone 'UTC')::date) as day
from hints
where owner_id = $owner and person_id is not null and "at" is not null and not dismissed
order by person_id, "at" desc, kind, words
