-- The user's decisions, and that the owner's own entries are one person.
select contact_a, contact_b, verdict, decided_at as at_
from main.decisions
union all
select least(contact_id, first), greatest(contact_id, first), 'same', 'epoch'::timestamptz
from (
    select contact_id, min(contact_id) over (partition by owner_id) as first
    from main.contacts
    where relation = 'self'
)
where contact_id <> first
order by all
