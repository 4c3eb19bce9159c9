-- Which contact everybody is by the words of the files, so that events need not be brought into
-- comparable form once more.
create or replace temp table party_of as
with told as (
    select owner_id, source, party
    from raw.events
    union
    select owner_id, source, unnest(recipients)
    from raw.events
)
select t.owner_id, t.source, t.party, p.is_self, p.contact_id
from told t
join core.parties p
    on p.owner_id = t.owner_id and p.source = t.source
    and p.ref = core.ref(t.party."key", t.party."name");
