-- Birthdays ahead, as suggestions.
select b.owner_id, 'birthday' as kind, b.person_id, b.name, b.date::varchar as occasion,
    b.date as on_date,
    'Birthday on ' || b.date || coalesce(' (' || b.what || ')', '')
        || case when b.said_last_time then '; you wrote last time' when not b.said_last_time
            then '; you did not write last time' else '' end || '.' as reason,
    t.evidence, (b.date - date '1970-01-01')::double as worth
from birthdays b
join ties t using (owner_id, person_id)
where b.why = 'birthday'
