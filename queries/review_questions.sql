-- The pairs of contacts that may be one person, the most gainful question first: close people
-- before cards, then the most open. A pair that was decided, or that the groups have settled
-- meanwhile, is not asked again.
with talk as (
    select contact_id, count(*) as n from interactions group by contact_id
)
select m.contact_a, m.contact_b, m.score, m.evidence,
    a.full_name, a.source, a.company, b.full_name, b.source, b.company
from matches m
join contacts a on a.contact_id = m.contact_a
join contacts b on b.contact_id = m.contact_b
left join talk s on s.contact_id = m.contact_a
left join talk t on t.contact_id = m.contact_b
where m.verdict = 'unsure' and a.person_id <> b.person_id
    and not exists (
        from decisions d where d.contact_a = m.contact_a and d.contact_b = m.contact_b)
order by ln(1 + greatest(coalesce(s.n, 0), coalesce(t.n, 0))) + 4 * m.score * (1 - m.score) desc,
    m.score desc, m.contact_a, m.contact_b
