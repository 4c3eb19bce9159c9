-- How many people have each of these words in the name of a company.
-- Parameter: words.
select word, sum(people) as people
from (
    select word, field, max(people) as people
    from mart.words
    where word in (select unnest($words::varchar[])) and field in ('company', 'former_company')
    group by word, field
)
group by word
