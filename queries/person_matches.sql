-- Every comparison that held one person together, or looked alike and was kept apart.
-- Parameter: id, a person_id.
with own as (
    select contact_id from contacts where person_id = $id
),
-- Two looks at one column each: the engine joins both sides of an "or" with all contacts first.
compared as (
    select * from matches where contact_a in (from own)
    union
    select * from matches where contact_b in (from own)
)
select a.full_name, a.source, b.full_name, b.source, m.score, m.verdict, m.decided_by, m.evidence,
    case when a.person_id = $id then b.person_id else a.person_id end as other
from compared m
join contacts a on a.contact_id = m.contact_a
join contacts b on b.contact_id = m.contact_b
order by m.verdict, m.score desc, m.contact_a, m.contact_b
