-- The values shown for one person.
-- Parameter: person_id.
select company, title, birthday, location, emails, phones, urls, first_seen
from people where person_id = ?
