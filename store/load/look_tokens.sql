-- What each entry, party and conversation can be recognised by.
create or replace temp macro pid(k, n) as coalesce(k, '') || chr(31) || coalesce(n, '');

create or replace temp table entry_tokens as
select distinct id, token
from (
    select id, unnest([
        's:' || source || '|' || source_key,
        'n:' || core.words_key(full_name),
        'm:' || source || '|' || core.words_key(full_name),
        'u:' || core.url_key(profile_url)
    ]) as token
    from look_entries
    union all
    select e.id, core.point_token(p.point.kind, p.point.raw)
    from look_entries e, unnest(e.points) as p(point)
)
where token is not null;

create or replace temp table look_parties as
select distinct owner_id, source, "key", name, pid("key", name) as pid
from (
    select owner_id, source, party."key" as "key", party.name as name from look_events
    union all
    select e.owner_id, e.source, r.one."key", r.one.name
    from look_events e, unnest(e.recipients) as r(one)
    union all
    select t.owner_id, t.source, m.one."key", m.one.name
    from look_threads t, unnest(t.members) as m(one)
    union all
    from look_names
)
where "key" is not null or name is not null;

create or replace temp table party_tokens as
select distinct owner_id, source, pid, token
from (
    select owner_id, source, pid, unnest([
        's:' || source || '|' || "key",
        'n:' || core.words_key(name),
        'm:' || source || '|' || core.words_key(name),
        core.address_token("key"),
        core.address_token(name)
    ]) as token
    from look_parties
)
where token is not null;

create or replace temp table thread_tokens as
select distinct owner_id, source, thread_key, 't:' || source || '|' || thread_key as token
from (
    select owner_id, source, thread_key from look_events
    union all
    select owner_id, source, thread_key from look_threads
)
where thread_key is not null;
