-- Contacts: the newest word on each field over all versions, and everybody only events tell of.

-- Entries of which the file had only a name are the contact of that name, where it is one contact.
create or replace temp table placed as
select v.* replace (coalesce(b.contact_id, v.contact_id) as contact_id)
from versions v
left join by_name b
    on b.owner_id = v.owner_id
    and b.network = core.network(v.source)
    and b.name_key = core.name_key(v.full_name)
    and v.relation = 'correspondent'
    and v.source_key = v.full_name;

create or replace temp table ranked as
select *,
    list_position(['self', 'connection', 'friend', 'card', 'address_book', 'following', 'follower',
        'correspondent', 'invited', 'removed', 'group', 'organisation'], relation) as strength,
    row_number() over (partition by contact_id order by seen_at, entry_id) as age
from placed;

create or replace temp table told as
select
    contact_id,
    arg_min(owner_id, strength) as owner_id,
    arg_min(source, (strength, -age)) as source,
    arg_min(source_key, (strength, -age)) as source_key,
    arg_min(relation, strength) as relation,
    arg_max(full_name, age) filter (full_name is not null) as full_name,
    arg_max(given_name, age) filter (given_name is not null) as given_name,
    arg_max(family_name, age) filter (family_name is not null) as family_name,
    arg_max(nickname, age) filter (nickname is not null) as nickname,
    arg_max(company, age) filter (company is not null) as company,
    arg_max(title, age) filter (title is not null) as title,
    arg_max(birthday, age) filter (birthday is not null) as birthday,
    arg_max(location, age) filter (location is not null) as location,
    arg_max(profile_url, age) filter (profile_url is not null) as profile_url,
    min(connected_at) as connected_at,
    arg_max(note, age) filter (note is not null) as note,
    min(first_import_id) as first_import_id,
    max(last_import_id) as last_import_id,
    arg_max(raw, age) as raw
from ranked
group by contact_id;

-- The first complete export of a list, newer than the last one that still showed the entry.
create or replace temp table gone as
with lists as (
    select f.owner_id, f.importer as list, f.as_of, min(s.import_id) as import_id
    from raw.files f
    join main.source_files s using (file_id)
    where f.complete and f.as_of is not null
    group by all
),
last_seen as (
    select contact_id, owner_id, list, max(seen_at) as seen_at
    from placed
    where relation in ('connection', 'friend', 'following', 'follower')
    group by all
)
select l.contact_id, arg_min(n.import_id, n.as_of) as import_id, min(n.as_of) as as_of
from last_seen l
join lists n on n.owner_id = l.owner_id and n.list = l.list and n.as_of > l.seen_at
group by l.contact_id;

create or replace temp table talked as
select i.contact_id, any_value(i.owner_id) as owner_id, min(f.import_id) as first_import_id,
    max(f.import_id) as last_import_id, bool_and(i.kind = 'invitation') as only_invited
from core.interactions i
join main.source_files f using (file_id)
group by i.contact_id;

create or replace temp table met as
select contact_id, min(source) as source,
    arg_min(ref, source) as ref,
    max(name) as name
from core.parties
where contact_id is not null
group by contact_id;

delete from main.contacts;
insert into main.contacts by name
select
    coalesce(t.contact_id, k.contact_id) as contact_id,
    null::integer as person_id,
    coalesce(t.owner_id, k.owner_id) as owner_id,
    coalesce(t.source, m.source) as source,
    coalesce(t.source_key, case when m.ref like 'k:%' then m.ref[3:] else m.name end) as source_key,
    coalesce(t.relation, case when k.only_invited then 'invited' else 'correspondent' end)
        as relation,
    coalesce(t.full_name, m.name) as full_name,
    t.given_name,
    t.family_name,
    t.nickname,
    t.company,
    t.title,
    t.birthday,
    t.location,
    coalesce(t.profile_url, case when m.ref like 'k:http%' then m.ref[3:] end) as profile_url,
    t.connected_at,
    t.note,
    least(t.first_import_id, k.first_import_id) as first_import_id,
    greatest(t.last_import_id, k.last_import_id) as last_import_id,
    g.import_id as missing_since,
    coalesce(t.raw, to_json({'name': m.name, 'ref': m.ref})::varchar) as raw
from told t
full join talked k using (contact_id)
left join met m on m.contact_id = coalesce(t.contact_id, k.contact_id)
left join gone g on g.contact_id = coalesce(t.contact_id, k.contact_id);

-- Cards that an export of ours handed out and that came home: they say nothing new about who is who.
create or replace temp table echoes as
select e.contact_id, b.contact_id as base_id
from main.contacts e
join main.contacts b
    on b.contact_id = try_cast(regexp_extract(e.source_key, '^notworking-(\d+)$', 1) as bigint)
where e.source = 'vcard' and b.relation not in ('group', 'organisation')
    and b.source_key not similar to 'notworking-\d+';

-- Interactions of contacts that an entry of the owner's own claims are the owner talking to itself.
delete from core.interactions
where contact_id in (select contact_id from main.contacts where relation = 'self');

-- Which export of a list showed which version of a contact, and when.
create or replace temp table shown as
select p.contact_id, p.list, p.relation, p.entry_id, f.file_id, s.import_id,
    coalesce(p.as_of, f.as_of, '-infinity'::timestamptz) as shown_at
from placed p
join raw.sightings g using (entry_id)
join raw.files f using (file_id)
join main.source_files s using (file_id)
where p.relation <> 'self';

-- What differs between two exports of the same list. An empty field is no word at all, so that a
-- partial export takes nothing away.
delete from main.changes;
insert into main.changes by name
with several as (
    select contact_id, list from shown group by all having count(distinct entry_id) > 1
),
said as (
    select s.contact_id, s.list, s.shown_at, s.entry_id, s.import_id, f.field, f.value
    from shown s
    semi join several using (contact_id, list)
    join placed p using (entry_id),
        unnest([
            {'field': 'full_name', 'value': p.full_name},
            {'field': 'company', 'value': p.company},
            {'field': 'title', 'value': p.title}
        ]) as u(f)
    where f.value is not null
),
steps as (
    select *,
        lag(value) over older as before,
        lag(shown_at) over older as before_at
    from said
    window older as (partition by contact_id, list, field order by shown_at, entry_id)
),
-- The same number is written in many ways; its last digits tell.
reached as (
    select s.contact_id, s.list, s.shown_at, s.import_id, q.point.kind as field,
        q.point.raw as value,
        case q.point.kind
            when 'phone' then right(regexp_replace(q.point.raw, '\D', '', 'g'), 8)
            else regexp_replace(lower(q.point.raw), '[^\p{L}\p{N}]', '', 'g')
        end as value_key
    from shown s
    semi join several using (contact_id, list)
    join placed p using (entry_id), unnest(p.points) as q(point)
),
first_shown as (
    select contact_id, list, min(shown_at) as shown_at from shown group by all
),
fresh_points as (
    select r.contact_id, r.field, arg_min(r.value, (r.shown_at, r.import_id, r.value)) as value,
        arg_min(r.import_id, (r.shown_at, r.import_id)) as import_id,
        min(r.shown_at) as shown_at
    from reached r
    where r.value_key <> ''
    group by r.contact_id, r.list, r.field, r.value_key
    having min(r.shown_at) > (
        select f.shown_at from first_shown f
        where f.contact_id = r.contact_id and f.list = r.list)
),
-- First met in an export of a list of which an older complete one did not have it.
whole_lists as (
    select f.owner_id, f.importer as list, min(f.as_of) as as_of
    from raw.files f
    where f.complete and f.as_of is not null
    group by all
),
added as (
    select s.contact_id, arg_min(s.import_id, (s.shown_at, s.import_id)) as import_id,
        min(f.as_of) as as_of
    from shown s
    join raw.files f using (file_id)
    join placed p using (entry_id)
    join whole_lists w on w.owner_id = p.owner_id and w.list = s.list
    where s.relation in ('connection', 'friend', 'following', 'follower')
    group by s.contact_id, s.list
    having min(f.as_of) > any_value(w.as_of) and bool_and(f.as_of is not null)
)
select s.contact_id, null::integer as person_id, s.field, s.before as old, s.value as new,
    s.import_id, s.shown_at as noticed_at
from steps s
where s.before is not null and s.before <> s.value and s.before_at < s.shown_at
union
select contact_id, null, field, null, value, import_id, shown_at
from fresh_points
union all
select contact_id, null, 'new', null, null, import_id, as_of
from added
union all
select g.contact_id, null, 'gone', null, null, g.import_id, g.as_of
from gone g;

-- The owners' names, where --owner did not give one: the profile that says most.
update main.owners o
set name = n.name
from (
    select owner_id, arg_max(full_name, (source = 'linkedin', source = 'facebook', seen_at, full_name))
        as name
    from versions
    where relation = 'self' and full_name is not null
    group by owner_id
) n
where n.owner_id = o.owner_id and not o.is_given;
