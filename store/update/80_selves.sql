-- The owners themselves stand beside every vicinity: others are told from them.
insert into temp."main.contacts"
from main.contacts
where relation = 'self' and contact_id not in (from near_contacts);
insert into temp."main.people"
from main.people
where person_id not in (from near_people)
    and (is_owner or person_id in (select person_id from temp."main.contacts"));
