-- Whom I forgot to thank, as suggestions.
select owner_id, 'thanks' as kind, person_id, name, o.at::date || ' ' || favour as occasion,
    o.at::date as on_date,
    'No thanks seen for ' || case favour when 'offer' then 'an ' when 'answer' then 'an '
        when 'introduction' then 'an ' else 'a ' end || favour || ' of ' || o.at::date
        || ' (' || o.source || ').' as reason,
    '"' || words || '"' as evidence, days_ago::double as worth
from thanks_owed o
