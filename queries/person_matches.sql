-- Every comparison that held one person together, or looked alike and was kept apart.
-- Parameter: id, a person_id.
select a.full_name, a.source, b.full_name, b.source, m.score, m.verdict, m.decided_by, m.evidence,
    case when a.person_id = $id then b.person_id else a.person_id end as other
from matches m
join contacts a on a.contact_id = m.contact_a
join contacts b on b.contact_id = m.contact_b
where a.person_id = $id or b.person_id = $id
order by m.verdict, m.score desc
