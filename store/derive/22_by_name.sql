-- A name that one contact of the network bears is that contact; a name that several bear is
-- nobody's until something else tells them apart.
create or replace temp table by_name as
with tiers as (
    select owner_id, network, name_key, tier, count(distinct contact_id) as contacts,
        any_value(contact_id) as contact_id
    from core.bearers
    group by all
),
first_tier as (
    select *, row_number() over (partition by owner_id, network, name_key order by tier) as r
    from tiers
)
select owner_id, network, name_key, contact_id
from first_tier
where r = 1 and contacts = 1;
