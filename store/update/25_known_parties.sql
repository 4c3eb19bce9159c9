-- Beside the new ones, everybody named who was known before.
insert into temp."core.parties" by name
select p.owner_id, p.source, p.ref, coalesce(n.name, p.name) as name, p.is_self, p.contact_id,
    p.threads + coalesce(m.threads, 0) as threads
from core.parties p
semi join refs using (owner_id, source, ref)
left join named_now n using (owner_id, source, ref)
left join more_threads m using (owner_id, source, ref);
