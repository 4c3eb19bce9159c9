-- The people whom one owner knows, as that owner's exports alone tell them: the rules are those of
-- the merged people, the values come from no other owner's contacts. Read where the tables are not
-- narrowed yet.
-- Parameter: owner.
with
    dated as (
        select e.contact_id, max(coalesce(e.as_of, f.as_of)) as seen_at
        from raw.entries e
        join raw.sightings s on s.entry_id = e.entry_id
        join raw.files f on f.file_id = s.file_id
        where e.owner_id = $owner
        group by e.contact_id
    ),
    told as (
        select
            c.*,
            coalesce(d.seen_at, '-infinity'::timestamptz) as seen_at,
            case c.source when 'linkedin' then 3 when 'facebook' then 2 else 1 end as trust,
            (c.full_name like '% %')::integer as whole
        from contacts c
        left join dated d using (contact_id)
        where c.owner_id = $owner and c.person_id is not null
    ),
    reached as (
        select
            c.person_id,
            list_sort(list_distinct(list(q.value) filter (q.kind = 'email'))) as emails,
            list_sort(list_distinct(list(q.value) filter (q.kind = 'phone'))) as phones,
            list_sort(list_distinct(list(q.value) filter (q.kind = 'url'))) as urls
        from told c
        join contact_points q using (contact_id)
        where q.valid
        group by c.person_id
    ),
    held as (
        select a.person_id, min(m.score) as confidence
        from matches m
        join told a on a.contact_id = m.contact_a
        join told b on b.contact_id = m.contact_b and b.person_id = a.person_id
        where m.verdict = 'same'
        group by a.person_id
    ),
    first_talk as (
        select person_id, min("at") as began
        from interactions
        where owner_id = $owner
        group by person_id
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
    coalesce(any_value(r.emails), []) as emails,
    coalesce(any_value(r.phones), []) as phones,
    coalesce(any_value(r.urls), []) as urls,
    list_sort(list_distinct(list(t.source))) as sources,
    count(*)::integer as contacts,
    least(min(t.connected_at), any_value(f.began)) as first_seen,
    any_value(h.confidence) as merged_confidence,
    bool_or(p.is_owner) as is_owner
from told t
join people p using (person_id)
left join reached r using (person_id)
left join held h using (person_id)
left join first_talk f using (person_id)
group by t.person_id
