-- question: Which words are there at all, to find what a misspelt one was meant to be?
-- columns:
--   word: see words
--   people: people with the word in the field where most have it
-- each: word
-- source: definition
select word, max(people) as people
from mart.words
where field <> 'common'
group by word
order by word
