-- The people that an address or number reaches.
-- Parameters: who, the text; digits, its digits.
select p.person_id, coalesce(p.name, '(no name)') as name,
    concat_ws(', ', p.title, p.company, array_to_string(p.sources, ' + ')) as hint
from people p
where list_contains(p.emails, lower($who))
    or (length($digits) >= 7 and list_contains(p.phones, '+' || $digits))
