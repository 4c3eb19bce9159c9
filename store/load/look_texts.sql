-- What the texts of look_texts can be recognised by: every run of up to four words, as a name and
-- written together, and every address.
create or replace temp table text_tokens as
with said as (
    select id, core.words_of(text) as words
    from look_texts
),
runs as (
    select s.id, s.words[a.first : a.first + b.count - 1] as run
    from said s, unnest(range(1, len(s.words) + 1)) as a(first), unnest([1, 2, 3, 4]) as b(count)
    where a.first + b.count - 1 <= len(s.words)
)
select id, 'n:' || array_to_string(list_sort(run), ' ') as token from runs where len(run) > 1
union
select id, 'd:' || array_to_string(run, '') from runs
union
select id, 'e:' || unnest(regexp_extract_all(lower(text), '[^\s@,;:<>"]+@[^\s@,;:<>"]+'))
from look_texts
union
select id, 'u:' || core.url_key(unnest(regexp_extract_all(text, '(?i)https?://[^\s,;<>"]+')))
from look_texts
union
select id, 'p:' || core.digits_key(unnest(regexp_extract_all(text, '[+(]?\d[-\d ().]{5,}\d')))
from look_texts;
