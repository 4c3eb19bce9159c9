-- The person of a number, also of a former one.
-- Parameter: id.
select p.person_id, coalesce(p.name, '(no name)') as name,
    concat_ws(', ', p.title, p.company, array_to_string(p.sources, ' + ')) as hint
from people p
where p.person_id = coalesce((select max(new_id) from core.person_redirects where old_id = $id), $id)
