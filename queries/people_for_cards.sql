-- What goes on the card of every person but the owners, in the order of names; the smallest contact
-- stands for the person, since it outlives renumbering.
select p.person_id, p.name, p.given_name, p.family_name, p.company, p.title, p.birthday,
    p.emails, p.phones, p.urls, any_value(c.contact_id order by c.contact_id)
from people p
join contacts c using (person_id)
where not p.is_owner and coalesce(trim(p.name), '') <> ''
group by all
order by p.name, p.person_id
