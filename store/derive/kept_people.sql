-- People and matches as they were recognised last, in the shape in which the resolver hands them over.
create or replace temp table clusters as
select p.contact_id, p.person_id as cluster
from core.person_of p
join main.contacts c using (contact_id)
where c.relation not in ('group', 'organisation')
    and c.contact_id not in (select contact_id from echoes);

create or replace temp table found_matches as
select contact_a, contact_b, score, verdict, evidence, decided_by
from main.matches;
