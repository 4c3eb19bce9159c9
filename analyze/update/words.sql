-- The words of the vicinity in the place of what it had: of each word that somebody there uses more
-- or less than before (temp tables mart.words and old.mart.words), the rows of all others stay.
create or replace temp table moved_words as
with differing as (
    from (select word, field, person_id, times, last_on from temp."mart.words" where field <> 'common')
    except all
    select word, field, person_id, times, last_on from temp."old.mart.words" where field <> 'common'
    union all
    (from (select word, field, person_id, times, last_on from temp."old.mart.words" where field <> 'common')
    except all
    select word, field, person_id, times, last_on from temp."mart.words" where field <> 'common')
)
select distinct word, field from differing;

create or replace temp table moved_people as
with now_used as (
    select word, field, count(*) as people from temp."mart.words" group by all
),
used as (
    select word, field, count(*) as people from temp."old.mart.words" group by all
),
stood as (
    select word, case field when 'common' then 'message' else field end as field,
        max(people) as people
    from mart.words
    where word in (select word from moved_words)
    group by all
)
select m.word, m.field,
    coalesce(s.people, 0) as before,
    coalesce(s.people, 0) + coalesce(n.people, 0) - coalesce(u.people, 0) as people
from moved_words m
left join stood s using (word, field)
left join now_used n using (word, field)
left join used u using (word, field);

create or replace temp table talkers_now as
select (select max(people) from mart.words where word = '' and field = 'common')
    + (select max(people) from temp."mart.words" where word = '' and field = 'common')
    - (select max(people) from temp."old.mart.words" where word = '' and field = 'common') as people;
