-- question: How senior does each job title sound?
-- columns:
--   title: the title as written
--   level: highest level among its words, from 1 (in training) to 8 (runs the place); 3 where no word says anything
--   words: the words that said so
-- source: the rows of thresholds whose name starts with 'level:'
-- limits: titles lie across firms and languages
with
    titles as (
        select title from main.people where title is not null
        union
        select old from main.changes where field = 'title' and old is not null
        union
        select new from main.changes where field = 'title' and new is not null
        union
        select title from raw.stages where title is not null
    ),
    plain as (
        select
            title,
            ' ' || trim(regexp_replace(lower(strip_accents(title)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' '
                as spaced
        from titles
    ),
    listed as (
        select substr(name, 7) as word, value::integer as level
        from main.thresholds
        where name like 'level:%'
    ),
    hits as (
        select plain.title, listed.word, listed.level
        from plain
        join listed on contains(plain.spaced, ' ' || listed.word || ' ')
    ),
    -- 'vice president' is no president: a word inside a longer one that also matches says nothing.
    whole as (
        select hits.title, hits.word, hits.level
        from hits
        anti join hits longer
            on longer.title = hits.title and longer.word <> hits.word
            and contains(' ' || longer.word || ' ', ' ' || hits.word || ' ')
    )
select
    plain.title,
    coalesce(max(whole.level), 3) as level,
    coalesce(list(whole.word order by whole.level desc, whole.word) filter (whole.word is not null), [])
        as words
from plain
left join whole using (title)
group by plain.title
