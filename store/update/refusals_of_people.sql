-- Why people must be recognised anew: what is known of somebody in the vicinity is not what it was.
select reason
from (
    select 'somebody to recognise' as reason
    from (from asked_now where contact_id in (from near_contacts)) n
    full join (from core.asked where contact_id in (from near_contacts)) o using (contact_id)
    where n.digest is distinct from o.digest
    union all
    select 'the first conversation of two in a network'
    from (
        select distinct owner_id, core.network(source) as network
        from temp."core.interactions"
        where kind in ('message', 'invitation') and thread_size = 2 and not one_click
    )
    anti join core.spoken_networks using (owner_id, network)
)
limit 1;
