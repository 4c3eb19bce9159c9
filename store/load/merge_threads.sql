-- Conversations of one file into raw; a description that is known already adds nothing.
insert into raw.threads by name
select distinct
    getvariable('nw').owner as owner_id,
    getvariable('nw').source as source,
    s.thread_key,
    s.title,
    s.size,
    s.flags,
    s.members,
    getvariable('nw').file as file_id
from stage_threads s
where not exists (
    from raw.threads t
    where t.owner_id = getvariable('nw').owner
        and t.source = getvariable('nw').source
        and t.thread_key = s.thread_key
        and t.title is not distinct from s.title
        and t.size is not distinct from s.size
        and t.flags is not distinct from s.flags
        and t.members is not distinct from s.members
);
