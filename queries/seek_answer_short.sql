-- The lines of an answer for people: the reason has the first place where the words stand.
-- Parameter: rows, as JSON.
select line.place, line.name, line.alive, line.class, line.score, line.person_id, line.reason,
    array_to_string(line.matched[2:], '; ') as also
from (
    select unnest(from_json($rows, '[{
        "place": "INTEGER", "name": "VARCHAR", "alive": "DOUBLE", "class": "VARCHAR",
        "score": "DOUBLE", "person_id": "INTEGER", "reason": "VARCHAR", "matched": ["VARCHAR"]
    }]')) as line
)
order by line.place
