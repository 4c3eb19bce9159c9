-- What goes on the card of every person but the owners, in the order of names. Tags that steer the
-- analyses are no words for a phone.
-- Parameter: owner, or null for all.
with
    held as (
        select c.person_id, q.kind, q.value, min(q.label) as label
        from contacts c
        join contact_points q using (contact_id)
        where q.valid and q.kind in ('email', 'phone', 'url', 'address')
            and (c.owner_id = $owner or $owner is null)
        group by all
    ),
    points as (
        select person_id,
            list({'value': value, 'label': label} order by value) filter (kind = 'email') as emails,
            list({'value': value, 'label': label} order by value) filter (kind = 'phone') as phones,
            list({'value': value, 'label': label} order by value) filter (kind = 'url') as urls,
            list({'value': value, 'label': label} order by value) filter (kind = 'address')
                as addresses
        from held
        group by person_id
    ),
    classes as (
        select person_id,
            [any_value(class order by list_position(
                ['inner', 'strong', 'weak', 'dormant', 'card'], class))] as class
        from ties
        where owner_id = $owner or $owner is null
        group by person_id
    ),
    words as (
        select person_id, list(distinct tag order by tag) as tags
        from tags
        where tag not like 'energy:%' and tag not like 'audited:%'
            and tag <> 'pin' and tag not like 'class:%'
        group by person_id
    ),
    written as (
        select person_id, list(distinct text order by text) as notes
        from (
            select person_id, text from notes
            union all
            select person_id, note from contacts
            where note is not null and (owner_id = $owner or $owner is null)
        )
        group by person_id
    )
select p.person_id, p.name, p.given_name, p.family_name, p.company, p.title, p.birthday,
    any_value(q.emails) as emails, any_value(q.phones) as phones, any_value(q.urls) as urls,
    any_value(q.addresses) as addresses, any_value(k.class) as classes, any_value(w.tags) as tags,
    any_value(n.notes) as notes, coalesce(
        -- The card that came home already is the one to update; else the contact known longest.
        arg_min(try_cast(regexp_extract(c.source_key, '^notworking-(\d+)$', 1) as bigint),
            (c.first_import_id, c.contact_id)) filter (c.source_key similar to 'notworking-\d+'),
        arg_min(c.contact_id, (c.first_import_id, c.contact_id))
    ) as contact
from people p
join contacts c using (person_id)
left join points q using (person_id)
left join classes k using (person_id)
left join words w using (person_id)
left join written n using (person_id)
where not p.is_owner and coalesce(trim(p.name), '') <> ''
    and (c.owner_id = $owner or $owner is null)
group by p.person_id, p.name, p.given_name, p.family_name, p.company, p.title, p.birthday
order by p.name, p.person_id
