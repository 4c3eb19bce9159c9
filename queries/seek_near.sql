-- Words of the database that may be what a word of a question was meant to be: the same beginning
-- (other endings), nearly the same length with the same first or last letters (misspellings), or a
-- compound that ends in it.
-- Parameter: words.
select asked.word as asked, vocabulary.word, vocabulary.people
from (select distinct unnest($words::varchar[]) as word) asked
join mart.vocabulary
    on vocabulary.word = asked.word
    or (
        length(asked.word) >= 4
        and length(vocabulary.word) between length(asked.word) - 4 and length(asked.word) + 4
        and vocabulary.word[1:4] = asked.word[1:4]
    )
    or (
        length(asked.word) >= 5
        and length(vocabulary.word) between length(asked.word) - 2 and length(asked.word) + 2
        and (
            vocabulary.word[1] = asked.word[1]
            or right(vocabulary.word, 2) = right(asked.word, 2)
        )
    )
    or (length(asked.word) >= 6 and ends_with(vocabulary.word, asked.word))
