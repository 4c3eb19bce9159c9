-- Notes of invitations come again as the first message once the invitation was accepted.
create or replace temp table invitation_notes as
select e.owner_id, e.source, p.contact_id,
    coalesce(e.text_hash, core.text_key(e.text)) as text_hash
from raw.events e
join core.parties p
    on p.owner_id = e.owner_id and p.source = e.source
    and p.ref = core.ref(e.party."key", e.party."name")
where e.kind = 'invitation' and e.words > 0;
