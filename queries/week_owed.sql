-- Whom I left waiting, as suggestions.
select owner_id, 'owed' as kind, person_id, name, o.at::date || ' ' || what as occasion,
    o.at::date as on_date,
    case what when 'promise' then 'You promised something' else 'They asked for something' end
        || ' on ' || o.at::date || ', open for ' || days_open || ' days (' || o.source || ').'
        as reason,
    '"' || words || '"' as evidence, place::double as worth
from owed o
