-- Birthdays of the people a calendar is for, in the order of names.
-- Parameter: owner, or null for all.
select p.person_id, p.name, p.birthday, coalesce(
        -- The card that came home already is the one to update; else the contact known longest.
        arg_min(try_cast(regexp_extract(c.source_key, '^notworking-(\d+)$', 1) as bigint),
            (c.first_import_id, c.contact_id)) filter (c.source_key similar to 'notworking-\d+'),
        arg_min(c.contact_id, (c.first_import_id, c.contact_id))
    ) as contact
from people p
join contacts c using (person_id)
where not p.is_owner and p.birthday is not null and coalesce(trim(p.name), '') <> ''
    and (c.owner_id = $owner or $owner is null)
group by p.person_id, p.name, p.birthday
order by p.name, p.person_id
