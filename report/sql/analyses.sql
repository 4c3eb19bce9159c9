-- Every published question.
select name, question, source, limits from analyses order by name
