-- Who is named in the vicinity, and by what name after this run. Who is new is nobody yet.
create or replace temp table named_now as
with told as (
    select owner_id, source, party as one
    from told_events
    where kind not in ('system', 'sponsored', 'post')
    union all
    select owner_id, source, unnest(recipients)
    from told_events
    where kind not in ('system', 'sponsored', 'post')
    union all
    select t.owner_id, t.source, unnest(t.members)
    from raw.threads t
    semi join stage_files using (file_id)
),
said as (
    select owner_id, source, core.ref(one."key", one.name) as ref, max(one.name) as name
    from told
    group by all
    having ref is not null
),
-- A newer file can call somebody by another name in what is known already.
called as (
    select distinct n.owner_id, n.source, core.ref(n."key", n.name) as ref
    from raw.party_names n
    semi join stage_files using (file_id)
),
asked as (
    select owner_id, source, ref from said
    union
    select c.owner_id, c.source, c.ref from called c semi join core.parties using (owner_id, source, ref)
)
select a.owner_id, a.source, a.ref,
    coalesce(n.name, greatest(s.name, p.name)) as name,
    p.ref is null as is_new,
    p.name as name_before,
    coalesce(p.is_self, false) as is_self
from asked a
left join said s using (owner_id, source, ref)
left join core.newest_names n using (owner_id, source, ref)
left join core.parties p using (owner_id, source, ref);

-- In how many conversations everybody is named in which nobody named them before.
create or replace temp table more_threads as
with named as (
    select owner_id, source, party as one, thread_key, event_id in (select event_id from new_events) as is_new
    from temp."raw.events"
    where kind not in ('system', 'sponsored', 'post')
    union all
    select owner_id, source, unnest(recipients), thread_key, event_id in (select event_id from new_events)
    from temp."raw.events"
    where kind not in ('system', 'sponsored', 'post')
    union all
    select owner_id, source, unnest(members), thread_key, file_id in (select file_id from stage_files)
    from temp."raw.threads"
),
seats as (
    select owner_id, source, core.ref(one."key", one.name) as ref, thread_key,
        bool_and(is_new) as is_new
    from named
    where thread_key is not null
    group by all
)
select owner_id, source, ref, count(*) as threads
from seats
where is_new and ref is not null
group by all;

create or replace temp table named as
select n.owner_id, n.source, n.ref, n.name, coalesce(m.threads, 0) as threads
from named_now n
left join more_threads m using (owner_id, source, ref)
where n.is_new;

create or replace temp table self_refs as
select owner_id, source, ref from named limit 0;

-- Everybody whom the touched conversations name, as far as known.
create or replace temp table refs as
select owner_id, source, core.ref(party."key", party."name") as ref from temp."raw.events"
union
select owner_id, source, core.ref(party."key", party."name")
from (select owner_id, source, unnest(recipients) as party from temp."raw.events")
union
select owner_id, source, ref from temp."core.members"
union
select owner_id, source, ref from named_now;

create or replace temp table "core.bearers" as
select b.*
from core.bearers b
where b.name_key in (
    select ref[3:] from refs where ref like 'n:%'
    union
    select core.name_key(full_name)
    from raw.entries
    where relation = 'correspondent' and source_key = full_name
);
create or replace temp table "core.parties" as from core.parties limit 0;
