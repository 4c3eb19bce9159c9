-- Words that told of an ask, an offer, thanks ..., the latest first; days are counted from 1970.
-- Parameters: owner; most, how many of one person.
select person_id, kind, direction, words,
    date_diff('day', date '1970-01-01', ("at" at time zone 'UTC')::date) as day
from hints
where owner_id = $owner and person_id is not null and isfinite("at") and not dismissed
qualify row_number() over (partition by person_id order by "at" desc, kind, words) <= $most
order by person_id, "at" desc, kind, words
