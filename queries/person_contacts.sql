-- The contacts of one person, as their sources tell them.
-- Parameter: person_id.
select c.contact_id, c.source, c.relation, c.full_name, c.company, c.connected_at, c.source_key
from contacts c where c.person_id = ? order by c.source, c.contact_id
