-- Every version of every entry, with the dates and imports that showed it.
create or replace temp table versions as
select
    e.*,
    max(coalesce(e.as_of, f.as_of, '-infinity'::timestamptz)) as seen_at,
    min(s.import_id) as first_import_id,
    max(s.import_id) as last_import_id
from raw.entries e
join raw.sightings g using (entry_id)
join raw.files f using (file_id)
join main.source_files s using (file_id)
group by all;

-- The names and identifiers the owner is known by: what the exports say, what --owner said.
create or replace temp table self_names as
select distinct owner_id, core.name_key(full_name) as name_key
from versions
where relation = 'self' and core.name_key(full_name) is not null
union
select owner_id, core.name_key(name)
from main.owners
where is_given and core.name_key(name) is not null;

-- An address is the owner's in every source (source null), a profile or handle only in its own.
create or replace temp table self_keys as
select distinct owner_id, source, 'k:' || profile_url as ref
from versions
where relation = 'self' and profile_url is not null
union
select distinct v.owner_id, case when p.point.kind <> 'email' then v.source end,
    'k:' || lower(p.point.raw)
from versions v, unnest(v.points) as p(point)
where v.relation = 'self' and p.point.kind in ('email', 'handle', 'url');
