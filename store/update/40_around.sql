-- What others said in the conversations of the people in the vicinity.
delete from temp."main.contacts" where contact_id not in (from near_contacts);

create or replace temp table near_threads as
with keys as (
    select distinct e.owner_id, core.network(e.source) as network, e.thread_key
    from temp."raw.events" e
    where e.thread_key is not null
    union
    select distinct m.owner_id, core.network(m.source), m.thread_key
    from core.members m
    join temp."core.parties" p using (owner_id, source, ref)
    where p.contact_id in (from near_contacts)
    union
    from touched
)
select *, core.stable_id(concat_ws('|', owner_id, network, thread_key)) as thread_id
from keys;

insert into temp."core.interactions"
select i.*
from core.interactions i
where i.thread_id in (select thread_id from near_threads)
    and i.contact_id not in (from near_contacts);

insert into temp."raw.threads"
select t.*
from raw.threads t
where t.thread_key in (select thread_key from near_threads)
    and (t.owner_id, core.network(t.source), t.thread_key) in
        (select (owner_id, network, thread_key) from near_threads)
    and (t.owner_id, core.network(t.source), t.thread_key) not in
        (select (owner_id, network, thread_key) from touched);

insert into temp."core.members"
select m.*
from core.members m
where m.thread_key in (select thread_key from near_threads)
    and (m.owner_id, core.network(m.source), m.thread_key) in
        (select (owner_id, network, thread_key) from near_threads)
    and (m.owner_id, core.network(m.source), m.thread_key) not in
        (select (owner_id, network, thread_key) from touched);

insert into temp."core.parties"
select p.*
from core.parties p
semi join temp."core.members" m using (owner_id, source, ref)
anti join temp."core.parties" q using (owner_id, source, ref);
