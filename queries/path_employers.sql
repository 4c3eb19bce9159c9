-- Companies, present and former, of these people.
-- Parameter: ids.
select distinct person_id, text
from mart.passages
where field in ('company', 'former_company')
    and person_id in (select unnest($ids::integer[]))
order by person_id, text
