-- Which of these words anybody has.
-- Parameter: words.
select distinct word
from mart.vocabulary
where word in (select unnest($words::varchar[]))
