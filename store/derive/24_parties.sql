-- Which contact everybody is whom events and conversations name.
delete from core.parties;
insert into core.parties by name
select n.owner_id, n.source, n.ref, n.name,
    s.ref is not null as is_self,
    case
        when s.ref is not null then null
        when n.ref like 'k:%' then core.stable_id(concat_ws('|', n.owner_id, n.source, n.ref[3:]))
        -- Whom only a name tells is one in all sources of a network: Messenger is Facebook's.
        else coalesce(b.contact_id,
            core.stable_id(concat_ws('|', n.owner_id, core.network(n.source), n.ref)))
    end as contact_id,
    n.threads
from named n
left join self_refs s using (owner_id, source, ref)
left join by_name b
    on b.owner_id = n.owner_id
    and b.network = core.network(n.source)
    and 'n:' || b.name_key = n.ref;
