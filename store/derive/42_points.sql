-- Every way to reach a contact that any version of it showed, with what it was understood as (temp
-- table parsed).
delete from main.contact_points;
insert into main.contact_points by name
with points as (
    select v.contact_id, v.owner_id, p.point.kind as kind, p.point.raw as raw,
        p.point.label as label, p.point.region as region
    from placed v, unnest(v.points) as p(point)
    union
    select contact_id, owner_id, 'url', profile_url, source, null
    from main.contacts
    where profile_url is not null
),
values as (
    select * from parsed
    union
    select owner_id, 'url', profile_url, null, profile_url, true, true
    from main.contacts
    where profile_url is not null
)
select p.contact_id, p.kind, v.value, min(p.raw) as raw, min(p.label) as label,
    bool_or(v.valid) as valid, bool_or(v.sure) as sure
from points p
join values v
    on v.owner_id = p.owner_id and v.kind = p.kind and v.raw = p.raw
    and v.region is not distinct from p.region
where p.contact_id in (select contact_id from main.contacts)
group by p.contact_id, p.kind, v.value;
