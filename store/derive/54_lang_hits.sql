-- How much the word lists of each language found; without what was found in events since taken back.
delete from raw.hints where event_id not in (select event_id from raw.events);

delete from core.lang_hits;
insert into core.lang_hits by name
select e.owner_id, h.lang, count(*) as hits
from raw.hints h
join raw.events e using (event_id)
where h.lang is not null
group by e.owner_id, h.lang;
