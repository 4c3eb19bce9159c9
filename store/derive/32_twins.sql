-- The same message told twice: exports of different years name a conversation differently and keep
-- time to the minute, the second or the millisecond. A message is a twin of another if counterpart,
-- direction and words agree, the conversations are named differently, and the times agree as far
-- as the coarser one goes. The finer one stays.
create or replace temp table suspects as
with places as (
    select owner_id, core.network(source) as network, contact_id, thread_id,
        min(file_id) as first_file, max(file_id) as last_file
    from core.interactions
    where kind in ('message', 'call') and thread_id is not null
    group by all
)
select owner_id, network, contact_id
from places
group by all
having count(*) > 1 and min(first_file) < max(last_file);

create or replace temp table told_twice as
select i.interaction_id, i.owner_id, i.contact_id, i.direction, i.kind, i.thread_id, i.file_id,
    i."at" as at_, core.network(i.source) as network,
    coalesce(e.text_hash, core.text_key(e.text)) as said,
    epoch_us(i."at") % 60000000 = 0 as coarse,
    epoch_us(i."at") // 60000000 as minute,
    epoch_us(i."at") // 1000000 as second
from core.interactions i
join suspects s
    on s.owner_id = i.owner_id and s.contact_id = i.contact_id
    and s.network = core.network(i.source)
join raw.events e using (event_id)
where i.kind in ('message', 'call') and i.thread_id is not null and e.words > 0;

-- They are set aside, not lost: what comes later can be a twin of them.
delete from core.twins;
insert into core.twins by name
select *
from core.interactions
where interaction_id in (
    select a.interaction_id
    from told_twice a
    join told_twice b
        on b.owner_id = a.owner_id and b.contact_id = a.contact_id and b.network = a.network
        and b.direction = a.direction and b.kind = a.kind and b.said = a.said
        and b.minute = a.minute
    where b.thread_id <> a.thread_id
        and b.file_id <> a.file_id
        and (a.coarse or b.coarse or a.second = b.second)
        and (
            (a.coarse and not b.coarse)
            or (a.coarse = b.coarse and (epoch_us(a.at_) % 1000000 = 0, a.interaction_id)
                > (epoch_us(b.at_) % 1000000 = 0, b.interaction_id))
        )
);

delete from core.interactions
where interaction_id in (select interaction_id from core.twins);
