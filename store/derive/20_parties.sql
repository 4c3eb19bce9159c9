-- Who is named by events and conversations, who among them is the owner, and who bears which name.

-- Each is brought into its comparable form once, not once for every event. Who has an identifier is
-- called what the newest export says; names are all that is known of the others.
create or replace temp table named as
with told as (
    select owner_id, source, party, thread_key
    from raw.events
    where kind not in ('system', 'sponsored', 'post')
    group by all
    union all
    select owner_id, source, party, thread_key
    from (
        select owner_id, source, unnest(recipients) as party, thread_key
        from raw.events
        where kind not in ('system', 'sponsored', 'post')
    )
    group by all
    union all
    select t.owner_id, t.source, m.member, t.thread_key
    from raw.threads t, unnest(t.members) as m(member)
),
said as (
    select owner_id, source, core.ref(party."key", party."name") as ref, party."name" as name,
        thread_key
    from told
)
select s.owner_id, s.source, s.ref, coalesce(any_value(n.name), max(s.name)) as name,
    count(distinct s.thread_key) as threads
from said s
left join core.newest_names n
    on n.owner_id = s.owner_id and n.source = s.source and n.ref = s.ref
where s.ref is not null
group by s.owner_id, s.source, s.ref;

-- Who among them is the owner. Stated identifiers win; then a stated name (with identifiers, its
-- most frequent bearer); only where nothing is stated, whoever is in nearly every conversation.
create or replace temp table self_refs as
with marked as (
    select n.*, core.network(n.source) as network,
        exists (from self_keys k where k.owner_id = n.owner_id and k.ref = n.ref
            and (k.source is null or k.source = n.source)) as by_key,
        exists (from self_names s where s.owner_id = n.owner_id
            and s.name_key = core.name_key(n.name)) as by_name
    from named n
),
counted as (
    select *,
        bool_or(by_key) over (partition by owner_id, network) as key_stated,
        bool_or(by_name) over (partition by owner_id, network) as name_stated,
        row_number() over (partition by owner_id, network, by_name and ref like 'k:%'
            order by threads desc, ref) as bearer,
        row_number() over (partition by owner_id, network order by threads desc, ref) as place,
        nth_value(threads, 2) over (partition by owner_id, network
            order by threads desc, ref
            rows between unbounded preceding and unbounded following) as second
    from marked
)
select owner_id, source, ref
from counted
where by_key
    or (by_name and ref like 'n:%')
    or (by_name and ref like 'k:%' and not key_stated and bearer = 1)
    or (not key_stated and not name_stated and place = 1 and threads >= 2
        and threads >= 2 * coalesce(second, 0));

-- Entries that carry a name, as candidates for parties of which only the name is known.
delete from core.bearers;
insert into core.bearers by name
select distinct owner_id, core.network(source) as network, core.name_key(full_name) as name_key,
    contact_id, case when relation in ('connection', 'friend') then 1 else 2 end as tier
from versions
where relation in ('connection', 'friend', 'removed', 'follower')
    and core.name_key(full_name) is not null
union
select owner_id, core.network(source), core.name_key(name),
    core.stable_id(concat_ws('|', owner_id, source, ref[3:])), 2
from named
where ref like 'k:%' and core.name_key(name) is not null
    and (owner_id, source, ref) not in (select (owner_id, source, ref) from self_refs);
