-- Contacts that may be people, with how much was said to each.
select c.contact_id, c.owner_id, c.source, c.relation, c.source_key, c.full_name,
    c.given_name, c.family_name, c.nickname, c.company, c.title, c.birthday,
    c.location, c.profile_url, c.connected_at, coalesce(i.messages, 0) as messages
from main.contacts c
left join (
    select contact_id, count(*) as messages
    from core.interactions
    group by contact_id
) i using (contact_id)
where c.relation not in ('group', 'organisation')
    and c.contact_id not in (select contact_id from echoes)
order by c.contact_id
