-- What the word lists found, with what they found in the events of this run.
create or replace temp table "core.lang_hits" as
select owner_id, lang, sum(hits)::bigint as hits
from (
    from core.lang_hits
    union all
    select e.owner_id, h.lang, count(*)
    from temp."raw.hints" h
    semi join new_events using (event_id)
    join temp."raw.events" e using (event_id)
    where h.lang is not null
    group by e.owner_id, h.lang
)
group by owner_id, lang;
