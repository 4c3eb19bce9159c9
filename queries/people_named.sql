-- Everybody who has a name, with what tells namesakes apart.
select p.person_id, coalesce(p.name, '(no name)') as name,
    concat_ws(', ', p.title, p.company, array_to_string(p.sources, ' + ')) as hint
from people p
where p.name is not null
