-- Everybody one owner is tied to or holds a card of, ties before cards, the strongest first.
-- Parameter: owner.
select t.person_id, t.name, t.class, t.ring, t.strength, t.alive, t.sources, t.evidence, t.per_year, t.is_bridge, p.company, p.title
from ties t
join people p using (person_id)
where t.owner_id = $owner
order by t.class = 'card', t.strength desc, t.person_id
