-- The tie of every owner to one person, with what it is made of.
-- Parameter: person_id.
select t.owner_id, o.name, t.class, t.ring, t.strength, t.alive, t.evidence, t.first_contact,
    t.last_contact, t.messages_in, t.messages_out, t.active_months, t.reciprocity,
    t.median_reply_hours, t.one_to_one_share
from ties t join owners o using (owner_id)
where t.person_id = ? order by t.owner_id
