-- Who of mine should meet, as suggestions. The other is named by a contact of theirs, since numbers
-- of people may change.
select i.owner_id, 'introduction' as kind, i.person_id, i.name,
    (select min(contact_id) from contacts c
        where c.person_id = i.other_id and c.owner_id = i.owner_id)::varchar as occasion,
    i.at::date as on_date,
    'Introduce to ' || i.other || ': both have to do with ' || i.term || '. Ask both first.'
        as reason,
    concat_ws('; ', case i.why when 'tag' then 'your tag' end, '"' || i.words || '"',
        i.other || ': ' || i.strength_of_other) as evidence,
    i.place::double as worth
from introductions_to_make i
join people o on o.person_id = i.other_id
-- A word of a title that another owner's export tells is not said.
where i.strength_of_other <> 'title' or contains(lower(o.title), i.term)
