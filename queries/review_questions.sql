-- The pairs of contacts that may be one person, the most gainful question first: close people
-- before cards, then what is likely to put most contacts together. Of all pairs between two people
-- only the likeliest is asked. A pair that was decided, or that the groups have settled meanwhile,
-- is not asked again.
with talk as (
    select contact_id, count(*) as n from core.interactions group by contact_id
),
sizes as (
    select person_id, count(*) as n from contacts group by person_id
),
open as (
    select m.contact_a, m.contact_b, m.score, m.evidence, a.person_id as person_a,
        b.person_id as person_b,
        a.full_name as name_a, a.source as source_a, a.company as company_a,
        b.full_name as name_b, b.source as source_b, b.company as company_b
    from matches m
    join contacts a on a.contact_id = m.contact_a
    join contacts b on b.contact_id = m.contact_b
    where m.verdict = 'unsure' and a.person_id <> b.person_id
        and not exists (
            from decisions d where d.contact_a = m.contact_a and d.contact_b = m.contact_b)
    qualify row_number() over (
        partition by least(a.person_id, b.person_id), greatest(a.person_id, b.person_id)
        order by m.score desc, m.contact_a, m.contact_b) = 1
)
select o.contact_a, o.contact_b, o.score, o.evidence,
    o.name_a, o.source_a, o.company_a, o.name_b, o.source_b, o.company_b
from open o
left join talk s on s.contact_id = o.contact_a
left join talk t on t.contact_id = o.contact_b
join sizes x on x.person_id = o.person_a
join sizes y on y.person_id = o.person_b
order by ln(1 + greatest(coalesce(s.n, 0), coalesce(t.n, 0)))
    + 3 * o.score * ln(1 + x.n * y.n) desc, o.score desc, o.contact_a, o.contact_b
