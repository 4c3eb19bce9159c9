-- The rows of this run, in the shape in which forgotten people are looked for.
create or replace temp view look_entries as
select s.rowid as id, s.file_id, f.source, s.relation, s.source_key, s.full_name, s.profile_url,
    s.points
from stage_entries s
join stage_files f using (file_id);

create or replace temp view look_events as
select s.rowid as id, s.file_id, f.owner_id, f.source, s.party, s.recipients, s.thread_key,
    s.thread_size
from stage_events s
join stage_files f using (file_id);

create or replace temp view look_threads as
select s.rowid as id, f.owner_id, f.source, s.thread_key, s.title, s.size, s.members
from stage_threads s
join stage_files f using (file_id);

-- Names are gathered from the rows themselves, once nobody forgotten is left in them.
create or replace temp view look_names as
select owner_id, source, null::varchar as "key", null::varchar as name
from stage_files
where false;
