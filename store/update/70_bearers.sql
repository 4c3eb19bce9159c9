-- Who is new and has an identifier bears a name.
insert into core.bearers
select distinct p.owner_id, core.network(p.source), core.name_key(p.name), p.contact_id, 2
from temp."core.parties" p
semi join named using (owner_id, source, ref)
where p.ref like 'k:%' and core.name_key(p.name) is not null
except
from core.bearers;
