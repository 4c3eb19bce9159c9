-- First messages that are such notes (temp table invitation_notes).
create or replace temp table repeated_notes as
with firsts as (
    select owner_id, source, thread_key, arg_min(event_id, ("at", event_id)) as event_id
    from raw.events
    where kind = 'message' and thread_key is not null
        and (owner_id, source) in (select (owner_id, source) from invitation_notes)
    group by all
)
select distinct e.event_id
from firsts f
join raw.events e using (event_id)
join invitation_notes n
    on n.owner_id = e.owner_id and n.source = e.source
    and n.text_hash = coalesce(e.text_hash, core.text_key(e.text));
