-- Tags by the natural key of the contact they are pinned to, else of the person's first contact.
select o.name as owner, c.source, c.source_key as key, c.full_name as name, t.tag, t.noted_at
from tags t
join contacts c on c.contact_id = coalesce(
    t.contact_id, (select min(contact_id) from contacts where person_id = t.person_id))
left join owners o on o.owner_id = c.owner_id
order by o.owner_id, c.source, c.source_key, t.tag
