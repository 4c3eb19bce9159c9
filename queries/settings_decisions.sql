-- Decisions about pairs of contacts by their natural keys, in the order in which they were made.
select d.verdict, d.decided_at,
    oa.name as owner_a, a.source as source_a, a.source_key as key_a, a.full_name as name_a,
    ob.name as owner_b, b.source as source_b, b.source_key as key_b, b.full_name as name_b
from decisions d
join contacts a on a.contact_id = d.contact_a
join contacts b on b.contact_id = d.contact_b
left join owners oa on oa.owner_id = a.owner_id
left join owners ob on ob.owner_id = b.owner_id
order by d.decision_id
