-- Where the rows of a run wait until all files were read; then they are merged in one go, since a
-- run may hold thousands of small files.
create or replace temp table stage_files (
    file_id integer, owner_id integer, source varchar, list varchar
);
create or replace temp table stage_entries (
    file_id integer, source_key varchar, relation varchar, full_name varchar, given_name varchar,
    family_name varchar, nickname varchar, company varchar, title varchar, birthday varchar,
    location varchar, profile_url varchar, connected_at timestamptz, note varchar,
    as_of timestamptz,
    points struct(kind varchar, raw varchar, label varchar, region varchar)[],
    raw varchar
);
-- Rows that the engine read itself have their identifier (instead of the key) and their words.
create or replace temp table stage_events (
    file_id integer, place varchar, kind varchar, "key" varchar,
    party struct("key" varchar, "name" varchar), direction varchar,
    recipients struct("key" varchar, "name" varchar)[], thread_key varchar,
    thread_size integer, "at" timestamptz, text varchar, one_click boolean, event_id bigint,
    words integer
);
create or replace temp table stage_threads (
    file_id integer, thread_key varchar, title varchar, size integer, flags varchar[],
    members struct("key" varchar, "name" varchar)[]
);
create or replace temp table stage_stages (
    file_id integer, kind varchar, organisation varchar, title varchar, started varchar,
    ended varchar
);
create or replace temp table stage_rejects (
    file_id integer, place varchar, reason varchar, raw varchar
);
