-- Whom I am about to lose, as suggestions.
select owner_id, 'drift' as kind, person_id, name, last_contact::date::varchar as occasion,
    due as on_date,
    case when fallen then 'Silent for so long that most ties have ended by now' else 'Overdue' end
        || coalesce(', usually every ' || round(usual_gap_days)::integer || ' days', '')
        || '; last on ' || last_contact::date || '.' as reason,
    evidence, place::double as worth
from drift
