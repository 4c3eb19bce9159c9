-- Why words must be counted anew: a word that too many used is no longer common, or somebody who may
-- have been among the fifty with whom a word fell most uses it less than before.
select 'no longer common' as reason
from mart.words w
cross join talkers_now t
left join moved_people m on m.word = w.word and m.field = 'message'
where w.field = 'common' and w.word <> ''
    and coalesce(m.people, w.people) <= greatest(50, 0.3 * t.people)
union all
select 'used less'
from moved_people m
join temp."old.mart.words" o on o.word = m.word and o.field = 'message'
left join temp."mart.words" n
    on n.word = o.word and n.field = o.field and n.person_id = o.person_id
    and (n.times, n.last_on) >= (o.times, o.last_on)
where m.field = 'message' and m.before > 50 and n.word is null
limit 1;
