-- One row per event and counterpart, from the owner's point of view.

-- A LinkedIn comment that answers somebody begins with the plain name; the longest name that one
-- connection alone bears is meant, a name that several bear is nobody's.
create or replace temp table comment_targets as
select b.event_id, arg_max(n.contact_id, b.words) as contact_id
from raw.beginnings b
join raw.events e using (event_id)
join by_name n
    on n.owner_id = e.owner_id and n.network = 'linkedin'
    and md5_number_lower(n.name_key) = b.name_hash
group by b.event_id;

create or replace temp table thread_sizes as
select owner_id, source, thread_key, max(size) as size, max(members) as members
from (
    select owner_id, source, thread_key, max(size) as size, 0 as members
    from raw.threads
    group by all
    union all
    select m.owner_id, m.source, m.thread_key, null,
        count(*) filter (not coalesce(p.is_self, false)) + 1
    from core.members m
    left join core.parties p using (owner_id, source, ref)
    group by all
)
group by all;

create or replace temp table thread_ids as
select owner_id, source, thread_key,
    core.stable_id(concat_ws('|', owner_id, core.network(source), thread_key)) as thread_id
from (
    select distinct owner_id, source, thread_key
    from raw.events
    where thread_key is not null
);

-- Texts are read for calls only: unpacking all of them would take longer than all the rest.
create or replace temp table missed_calls as
select event_id
from raw.events
where kind = 'call' and text = 'missed';

delete from core.interactions;
insert into core.interactions by name
with events as (
    select e.* exclude (text), coalesce(p.contact_id, c.contact_id) as party_contact,
        coalesce(p.is_self, false) as party_is_self,
        coalesce(e.thread_size, len(e.recipients) + 1, t.size, t.members, 2) as members
    from raw.events e
    left join party_of p
        on p.owner_id = e.owner_id and p.source = e.source and p.party = e.party
    left join comment_targets c on c.event_id = e.event_id
    left join thread_sizes t
        on t.owner_id = e.owner_id and t.source = e.source and t.thread_key = e.thread_key
    where e.kind not in ('system', 'sponsored', 'post')
        and e.event_id not in (select event_id from repeated_notes)
),
-- What somebody did to somebody else is no contact of the owner's.
to_owner as (
    select r.event_id
    from (
        select event_id, owner_id, source, unnest(recipients) as party
        from events
        where kind = 'reaction'
    ) r
    join party_of p
        on p.owner_id = r.owner_id and p.source = r.source and p.party = r.party
    where p.is_self
),
rows as (
    select event_id, party_contact as contact_id, direction
    from events
    where direction is not null
    union all
    select event_id, party_contact, 'in'
    from events
    where direction is null and not party_is_self
        and (kind <> 'reaction' or recipients is null
            or event_id in (select event_id from to_owner))
    union all
    select distinct r.event_id, p.contact_id, 'out'
    from (
        select event_id, owner_id, source, unnest(recipients) as party
        from events
        where direction is null and party_is_self
    ) r
    join party_of p
        on p.owner_id = r.owner_id and p.source = r.source and p.party = r.party
    union all
    select distinct e.event_id, p.contact_id, 'out'
    from events e
    join core.members m
        on m.owner_id = e.owner_id and m.source = e.source and m.thread_key = e.thread_key
    join core.parties p
        on p.owner_id = m.owner_id and p.source = m.source and p.ref = m.ref
    where e.direction is null and e.party_is_self and e.recipients is null
)
select
    -- Both are hashes already: a third would cost more than all the rest of the row.
    xor(r.event_id, r.contact_id) as interaction_id,
    e.owner_id,
    r.contact_id,
    null::integer as person_id,
    e.source,
    e.kind,
    case when e.kind = 'call' and e.direction is null and e.members = 2
        and e.event_id not in (select event_id from missed_calls)
        then 'mutual' else r.direction end as direction,
    e."at",
    i.thread_id,
    greatest(e.members, 2) as thread_size,
    e.words,
    e.one_click,
    e.event_id,
    e.file_id
from rows r
join events e using (event_id)
left join thread_ids i
    on i.owner_id = e.owner_id and i.source = e.source and i.thread_key = e.thread_key
where r.contact_id is not null
-- The rows of one contact side by side: half the bytes, and quick to read one by one.
order by r.contact_id, e."at";
