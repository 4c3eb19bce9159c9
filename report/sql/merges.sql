-- Why the contacts of a person are one person, the surest first.
-- Parameters: owner; most, how many of one person.
select a.person_id, a.source as source_a, b.source as source_b, m.score, m.decided_by, m.evidence
from matches m
join contacts a on a.contact_id = m.contact_a
join contacts b on b.contact_id = m.contact_b
where a.person_id = b.person_id and m.verdict = 'same' and a.owner_id = $owner
qualify row_number() over (
    partition by a.person_id order by m.score desc, m.contact_a, m.contact_b
) <= $most
order by a.person_id, m.score desc, m.contact_a, m.contact_b
