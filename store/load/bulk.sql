-- Where the rows of one bulk table wait, in the columns that its select yields.
create or replace temp table stage_bulk (
    place varchar, kind varchar, "key" varchar, party struct("key" varchar, "name" varchar),
    direction varchar, recipients struct("key" varchar, "name" varchar)[], thread_key varchar,
    thread_size integer, "at" timestamptz, text varchar, one_click boolean
);
