-- Which rows go and which change, so that nobody is left whom a token of forgotten_tokens names.
create or replace temp table gone_entries as
select distinct t.id, e.file_id
from entry_tokens t
join look_entries e using (id)
where t.token in (from forgotten_tokens) and e.relation <> 'self';

create or replace temp table selves as
select owner_id, source, ref, null as words
from core.parties
where is_self
union all
select owner_id, null, null, core.words_key(full_name)
from raw.entries
where relation = 'self'
union all
select owner_id, null, null, core.words_key(name)
from main.owners;

-- Everybody who is named, and whether it is somebody to forget, or the owner.
create or replace temp table marked as
select p.*,
    exists (from party_tokens t where t.owner_id = p.owner_id and t.source = p.source
        and t.pid = p.pid and t.token in (from forgotten_tokens)) as forgotten,
    exists (from selves s where s.owner_id = p.owner_id
        and ((s.source = p.source and s.ref = core.ref(p."key", p.name))
            or s.words = core.words_key(p.name))) as is_self
from look_parties p;
update marked set forgotten = false where is_self;

-- A conversation in which nobody else is left is theirs.
create or replace temp table gone_threads as
select owner_id, source, thread_key
from thread_tokens
where token in (from forgotten_tokens)
union
select t.owner_id, t.source, t.thread_key
from look_threads t, unnest(t.members) as m(one)
join marked p
    on p.owner_id = t.owner_id and p.source = t.source and p.pid = pid(m.one."key", m.one.name)
group by all
having bool_or(p.forgotten) and count(*) filter (not p.forgotten and not p.is_self) = 0;

create or replace temp table addressed as
select e.id, e.owner_id, e.source, e.place, e.one, p.forgotten, p.is_self
from (
    select l.id, l.owner_id, l.source, r.place, l.recipients[r.place] as one
    from look_events l, unnest(range(1, len(l.recipients) + 1)) as r(place)
) e
left join marked p
    on p.owner_id = e.owner_id and p.source = e.source and p.pid = pid(e.one."key", e.one.name)
where e.id in (
    select e.id
    from look_events e, unnest(e.recipients) as r(one)
    join marked p
        on p.owner_id = e.owner_id and p.source = e.source and p.pid = pid(r.one."key", r.one.name)
    where p.forgotten
);

create or replace temp table gone_events as
select distinct e.id, e.file_id
from look_events e
join marked p
    on p.owner_id = e.owner_id and p.source = e.source
    and p.pid = pid(e.party."key", e.party.name)
where p.forgotten
union
select e.id, e.file_id
from look_events e
join gone_threads g
    on g.owner_id = e.owner_id and g.source = e.source and g.thread_key = e.thread_key
union
select e.id, e.file_id
from look_events e
where e.id in (
    select id
    from addressed
    group by id
    having count(*) filter (not coalesce(forgotten, false) and not coalesce(is_self, false)) = 0
);

create or replace temp table changed_events as
select a.id,
    list(a.one order by a.place) filter (not coalesce(a.forgotten, false)) as recipients,
    coalesce(any_value(e.thread_size), count(*) + 1)::integer as thread_size
from addressed a
join look_events e using (id)
where a.id not in (select id from gone_events)
group by a.id;

create or replace temp table changed_threads as
select t.id,
    coalesce(list(m.one order by m.place) filter (not p.forgotten), []) as members,
    coalesce(any_value(t.size), count(*))::integer as size,
    not coalesce(bool_or(p.forgotten and contains(
        ' ' || array_to_string(core.words_of(t.title), ' ') || ' ',
        ' ' || array_to_string(core.words_of(p.name), ' ') || ' ')), false) as keeps_title
from (
    select t.*, r.place, t.members[r.place] as one
    from look_threads t, unnest(range(1, len(t.members) + 1)) as r(place)
) as m
join look_threads t using (id)
join marked p
    on p.owner_id = m.owner_id and p.source = m.source and p.pid = pid(m.one."key", m.one.name)
where (t.owner_id, t.source, t.thread_key) not in (
    select (owner_id, source, thread_key) from gone_threads)
group by t.id
having bool_or(p.forgotten);
