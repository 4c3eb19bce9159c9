-- The last day that a card can name, in days since 1970.
-- Parameter: owner.
select date_diff('day', date '1970-01-01', (max("at") at time zone 'UTC')::date)
from (
    select max("at") as "at" from core.interactions where owner_id = $owner and isfinite("at")
    union all
    select max(connected_at) from contacts where owner_id = $owner and isfinite(connected_at)
)
