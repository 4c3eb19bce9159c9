-- Hints in the untouched conversations of the vicinity stay, but for what is set aside now.
insert into temp."core.hints"
select h.*
from core.hints h
where h.contact_id in (from near_contacts)
    and h.event_id not in (from touched_events)
    and h.interaction_id in (select interaction_id from temp."core.interactions");
