-- Every name of a company that people here work or worked at and that has one of these words.
-- Parameter: words; an empty list: every name.
select distinct text
from mart.passages
where field in ('company', 'former_company')
    and (
        len($words::varchar[]) = 0
        or person_id in (
            select person_id
            from mart.words
            where word in (select unnest($words::varchar[]))
                and field in ('company', 'former_company')
        )
    )
order by text
