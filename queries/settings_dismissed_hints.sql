-- Hints that the user said are none; the number of an event is the same in every database.
select event_id as event, kind, min(dismissed_at) as dismissed_at
from dismissed_hints
group by all
order by event_id, kind
