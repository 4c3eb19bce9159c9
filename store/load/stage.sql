-- Where one file's rows wait until all of it was read.
create or replace temp table stage_entries (
    source_key varchar, relation varchar, full_name varchar, given_name varchar,
    family_name varchar, nickname varchar, company varchar, title varchar, birthday varchar,
    location varchar, profile_url varchar, connected_at timestamptz, note varchar,
    as_of timestamptz,
    points struct(kind varchar, raw varchar, label varchar, region varchar)[],
    raw varchar
);
create or replace temp table stage_events (
    place varchar, kind varchar, "key" varchar, party struct("key" varchar, "name" varchar),
    direction varchar, recipients struct("key" varchar, "name" varchar)[], thread_key varchar,
    thread_size integer, "at" timestamptz, text varchar, one_click boolean
);
create or replace temp table stage_threads (
    thread_key varchar, title varchar, size integer, flags varchar[],
    members struct("key" varchar, "name" varchar)[]
);
create or replace temp table stage_stages (
    kind varchar, organisation varchar, title varchar, started varchar, ended varchar
);
