-- The rows that are in the database, in the shape in which forgotten people are looked for.
create or replace temp view look_entries as
select rowid as id, 0 as file_id, source, relation, source_key, full_name, profile_url, points
from raw.entries;

create or replace temp view look_events as
select rowid as id, file_id, owner_id, source, party, recipients, thread_key, thread_size
from raw.events;

create or replace temp view look_threads as
select rowid as id, owner_id, source, thread_key, title, size, members
from raw.threads;

create or replace temp view look_names as
select owner_id, source, "key", name
from raw.party_names;
