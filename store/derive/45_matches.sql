-- What the resolver found (temp table found_matches), with the dates of the user's own decisions.
delete from main.matches;
insert into main.matches by name
select m.contact_a, m.contact_b, m.score, m.verdict, m.evidence, m.decided_by,
    d.decided_at
from found_matches m
left join (
    select contact_a, contact_b, max(decided_at) as decided_at
    from main.decisions
    group by all
) d on d.contact_a = m.contact_a and d.contact_b = m.contact_b
    and m.decided_by = 'user';
