-- The ways of an answer, as rows.
-- Parameter: rows, as JSON.
select line.place, line.target, line.role, line.strength, line.certainty, line.there, line.path,
    line.person_id, line.via_id, line.title, line.company, line.why
from (
    select unnest(from_json($rows, '[{
        "place": "INTEGER", "target": "VARCHAR", "role": "VARCHAR", "path": "VARCHAR",
        "strength": "DOUBLE", "certainty": "VARCHAR", "title": "VARCHAR", "company": "VARCHAR",
        "there": "VARCHAR", "person_id": "INTEGER", "via_id": "INTEGER", "why": "VARCHAR"
    }]')) as line
)
order by line.place
