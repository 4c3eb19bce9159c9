-- How many contacts, people, ties of each class, cards and open questions one owner has.
-- Parameter: owner.
select
    (select count(*) from contacts where owner_id = $owner and relation <> 'self') as contacts,
    count(*) as people,
    count(*) filter (class = 'inner') as inner_,
    count(*) filter (class = 'strong') as strong,
    count(*) filter (class = 'weak') as weak,
    count(*) filter (class = 'dormant') as dormant,
    count(*) filter (class = 'card') as cards,
    (select count(*) from matches where verdict = 'unsure') as unsure
from ties
where owner_id = $owner
