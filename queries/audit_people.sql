-- Whom the benefit round asks about, in its order.
select person_id, name, evidence, today::varchar as today, benefits, energy, asks_energy
from audit_round
order by place
