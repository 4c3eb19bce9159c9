-- What a run told: conversations, events, names (temp tables of the load). In a vicinity only those
-- conversations are derived again, with all that was ever said in them.
create or replace temp table touched as
select distinct owner_id, core.network(source) as network, thread_key
from told_events
where thread_key is not null
union
select distinct t.owner_id, core.network(t.source), t.thread_key
from raw.threads t
semi join stage_files using (file_id);

create or replace temp table touched_events as
select event_id from new_events
union
select e.event_id
from raw.events e
where e.thread_key in (select thread_key from touched)
    and (e.owner_id, core.network(e.source), e.thread_key) in (select (owner_id, network, thread_key) from touched);

-- By the place of the rows: the engine then unpacks no text but theirs.
create or replace temp table places as
select e.rowid as place
from raw.events e
semi join touched_events using (event_id)
where e.file_id not in (select file_id from stage_files);
create or replace temp table "raw.events" as
from raw.events where rowid in (select place from places)
union all
from raw.events semi join stage_files using (file_id);

create or replace temp table "raw.beginnings" as
from raw.beginnings semi join touched_events using (event_id);

create or replace temp table "raw.hints" as
from raw.hints semi join touched_events using (event_id);

create or replace temp table "raw.threads" as
from raw.threads t
where t.thread_key in (select thread_key from touched)
    and (t.owner_id, core.network(t.source), t.thread_key) in (select (owner_id, network, thread_key) from touched);

create or replace temp table "core.members" as from core.members limit 0;
create or replace temp table "core.interactions" as from core.interactions limit 0;
create or replace temp table "core.hints" as from core.hints limit 0;
create or replace temp table "main.changes" as from main.changes limit 0;
create or replace temp table "main.people" as from main.people limit 0;
