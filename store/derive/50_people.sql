-- People: the clusters of the resolver (temp table clusters), under ids that outlive re-imports.

-- A card of our own export belongs to the person it was made from, whatever the resolver would say.
insert into clusters
select e.contact_id, c.cluster
from echoes e
join clusters c on c.contact_id = e.base_id;

-- A cluster keeps the id of the former person that gives it most contacts, and a former person
-- goes to the cluster that took most of it; ties go to the older id and the smaller cluster.
create or replace temp table kept as
with shared as (
    select c.cluster, p.person_id, count(*) as contacts
    from clusters c
    join core.person_of p using (contact_id)
    group by all
),
ranked as (
    select *,
        row_number() over (partition by cluster order by contacts desc, person_id) as for_cluster,
        row_number() over (partition by person_id order by contacts desc, cluster) as for_person
    from shared
)
select cluster, person_id
from ranked
where for_cluster = 1 and for_person = 1;

create or replace temp table assigned as
with fresh as (
    select cluster, row_number() over (order by cluster) as n
    from (select distinct cluster from clusters)
    where cluster not in (select cluster from kept)
),
last_id as (
    select greatest(
        (select coalesce(max(person_id), 0) from core.person_of),
        (select coalesce(max(old_id), 0) from core.person_redirects)) as id
)
select cluster, person_id from kept
union all
select f.cluster, (l.id + f.n)::integer
from fresh f, last_id l;

create or replace temp table person_now as
select c.contact_id, a.person_id
from clusters c
join assigned a using (cluster);

-- Where the ids went that no cluster kept.
insert into core.person_redirects
select p.person_id, arg_max(n.person_id, n.contacts), getvariable('nw_import')
from (select distinct person_id from core.person_of) p
join (
    select o.person_id as old_id, n.person_id, count(*) as contacts
    from core.person_of o
    join person_now n using (contact_id)
    group by all
) n on n.old_id = p.person_id
where p.person_id not in (select person_id from person_now)
group by p.person_id
having p.person_id not in (select old_id from core.person_redirects);

delete from core.person_of where contact_id in (select contact_id from person_now);
insert into core.person_of select contact_id, person_id from person_now;

update main.contacts c set person_id = n.person_id from person_now n where n.contact_id = c.contact_id;
update core.interactions i set person_id = n.person_id
from person_now n where n.contact_id = i.contact_id;
update main.changes h set person_id = n.person_id
from person_now n where n.contact_id = h.contact_id;

-- The user's own words follow the contact they are pinned to, else the person's new id.
update main.tags t set person_id = n.person_id from person_now n where n.contact_id = t.contact_id;
update main.notes t set person_id = n.person_id from person_now n where n.contact_id = t.contact_id;
update main.tags t set person_id = r.new_id
from core.person_redirects r
where t.contact_id is null and r.old_id = t.person_id;
update main.notes t set person_id = r.new_id
from core.person_redirects r
where t.contact_id is null and r.old_id = t.person_id;

-- Golden values: names from profiles before names typed into a phone, then whole names, then the
-- newest; company and title from the newest list that has them.
delete from main.people;
insert into main.people by name
with dated as (
    select contact_id, max(seen_at) as seen_at from placed group by contact_id
),
told_by as (
    select c.*, coalesce(d.seen_at, '-infinity'::timestamptz) as seen_at,
        case c.source when 'linkedin' then 3 when 'facebook' then 2 else 1 end as trust,
        (c.full_name like '% %')::integer as whole
    from main.contacts c
    left join dated d using (contact_id)
    where c.person_id is not null
),
points as (
    select c.person_id,
        list_sort(list_distinct(list(p.value) filter (p.kind = 'email' and p.valid))) as emails,
        list_sort(list_distinct(list(p.value) filter (p.kind = 'phone' and p.valid))) as phones,
        list_sort(list_distinct(list(p.value) filter (p.kind = 'url' and p.valid))) as urls
    from main.contacts c
    join main.contact_points p using (contact_id)
    group by c.person_id
),
held as (
    select c.person_id, min(m.score) as confidence
    from main.matches m
    join main.contacts c on c.contact_id = m.contact_a
    join main.contacts d on d.contact_id = m.contact_b and d.person_id = c.person_id
    where m.verdict = 'same'
    group by c.person_id
),
first_talk as (
    select person_id, min("at") as at_ from core.interactions group by person_id
)
select
    t.person_id,
    arg_max(t.full_name, (t.whole, t.trust, t.seen_at, t.contact_id)) as name,
    arg_max(t.given_name, (t.whole, t.trust, t.seen_at, t.contact_id)) as given_name,
    arg_max(t.family_name, (t.whole, t.trust, t.seen_at, t.contact_id)) as family_name,
    arg_max(t.company, (t.seen_at, t.trust, t.contact_id)) as company,
    arg_max(t.title, (t.company is not null, t.seen_at, t.trust, t.contact_id)) as title,
    arg_max(t.birthday, (length(t.birthday), t.seen_at, t.contact_id)) as birthday,
    arg_max(t.location, (t.seen_at, t.trust, t.contact_id)) as location,
    coalesce(any_value(p.emails), []) as emails,
    coalesce(any_value(p.phones), []) as phones,
    coalesce(any_value(p.urls), []) as urls,
    list_sort(list_distinct(list(t.source))) as sources,
    count(*) as contacts,
    least(min(t.connected_at), any_value(f.at_)) as first_seen,
    any_value(h.confidence) as merged_confidence,
    bool_or(t.relation = 'self') as is_owner
from told_by t
left join points p using (person_id)
left join held h using (person_id)
left join first_talk f using (person_id)
group by t.person_id;
