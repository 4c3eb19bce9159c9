-- Put the words in place (after words.sql; nothing speaks against it).
create or replace temp table words_now as
with held as (
    select w.word, w.field, w.person_id, w.times, w.last_on
    from mart.words w
    semi join moved_people m on m.word = w.word and m.field = w.field
    where w.person_id not in (from near_people)
    union all
    select w.word, w.field, w.person_id, w.times, w.last_on
    from temp."mart.words" w
    semi join moved_people m on m.word = w.word and m.field = w.field
),
placed as (
    select held.*, m.people,
        row_number() over (
            partition by held.word, held.field
            order by held.times desc, held.last_on desc, held.person_id desc
        ) as place
    from held
    join moved_people m using (word, field)
)
select p.word, p.field, p.person_id, p.times, p.people::integer as people, p.last_on
from placed p
cross join talkers_now t
where p.field <> 'message'
    or (p.place <= 50 and p.people <= greatest(50, 0.3 * t.people))
union all
select m.word, 'common', null, null, m.people::integer, null
from moved_people m
cross join talkers_now t
where m.field = 'message' and m.people > greatest(50, 0.3 * t.people);

delete from mart.words w
where exists (from moved_people m where m.word = w.word
    and (m.field = w.field or (m.field = 'message' and w.field = 'common')));
insert into mart.words by name from words_now;
update mart.words set people = (select people::integer from talkers_now)
where word = '' and field = 'common'
    and people is distinct from (select people::integer from talkers_now);
