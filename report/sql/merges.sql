-- Why the contacts of a person are one person.
-- Parameter: owner.
select a.person_id, a.source as source_a, b.source as source_b, m.score, m.decided_by, m.evidence
from matches m
join contacts a on a.contact_id = m.contact_a
join contacts b on b.contact_id = m.contact_b
where a.person_id = b.person_id and m.verdict = 'same' and a.owner_id = $owner
order by a.person_id, m.score desc, m.contact_a, m.contact_b
