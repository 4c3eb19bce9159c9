-- Whom the run could have changed: everybody in the touched conversations, now or before, and every
-- other contact of the same people.
create or replace temp table near_contacts as
with named as (
    select contact_id from temp."core.interactions"
    union
    select contact_id from core.interactions semi join touched_events using (event_id)
    union
    select contact_id from core.twins semi join touched_events using (event_id)
    union
    select contact_id from temp."core.parties" where contact_id is not null
)
select contact_id from named
union
select p.contact_id
from core.person_of p
where p.person_id in (select o.person_id from core.person_of o semi join named using (contact_id));

create or replace temp table near_people as
select distinct person_id from core.person_of semi join near_contacts using (contact_id);

insert into temp."core.parties"
select p.*
from core.parties p
semi join near_contacts using (contact_id)
anti join temp."core.parties" q using (owner_id, source, ref);

-- All else that was said to and by them.
create or replace temp table old_rows as
from core.interactions semi join near_contacts using (contact_id) anti join touched_events using (event_id)
union all
from core.twins semi join near_contacts using (contact_id) anti join touched_events using (event_id);

insert into temp."core.interactions" from old_rows;
create or replace temp table places as
select e.rowid as place from raw.events e semi join old_rows using (event_id);
create or replace temp table "raw.events" as
from temp."raw.events"
union all
from raw.events where rowid in (select place from places);

create or replace temp table "core.twins" as from core.twins limit 0;

create or replace temp table "raw.entries" as
from raw.entries
where rowid in (
    select rowid
    from raw.entries
    where contact_id in (from near_contacts)
        or relation = 'self'
        or (relation = 'correspondent' and source_key = full_name));
create or replace temp table "raw.sightings" as
from raw.sightings semi join temp."raw.entries" using (entry_id);
create or replace temp table "main.contacts" as from main.contacts limit 0;
create or replace temp table "core.person_of" as
from core.person_of semi join near_contacts using (contact_id);
create or replace temp table "main.matches" as
from main.matches
where contact_a in (from near_contacts) or contact_b in (from near_contacts);
