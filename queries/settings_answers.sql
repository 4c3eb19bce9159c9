-- Answers to suggestions by the natural key of a contact of the person.
select o.name as owner, c.source, c.source_key as key, c.full_name as name, a.kind, a.occasion,
    a.answer, a.answered_on, a.until
from suggestions_answered a
join contacts c using (contact_id)
left join owners o on o.owner_id = a.owner_id
order by o.owner_id, a.answered_on, c.source, c.source_key, a.kind, a.occasion
