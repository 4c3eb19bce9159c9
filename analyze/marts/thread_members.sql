-- question: Whom does the owner meet in each conversation of three or more?
-- columns:
--   owner_id: see owners
--   thread_id: see interactions
--   person_id: see people
-- each: person
-- source: everybody who wrote or was written to in the conversation, and whom its files list
-- limits: conversations with more members than shared_max_size in thresholds say nothing about two of them and are left out
with
    knob as (
        select max(value) filter (name = 'shared_max_size') as largest from main.thresholds
    ),
    rows_of as (
        select i.owner_id, i.thread_id, i.person_id, any_value(i.event_id) as event_id
        from core.interactions i
        cross join knob
        where i.thread_id is not null and i.thread_size >= 3 and i.thread_size <= knob.largest
            and i.person_id is not null
        group by i.owner_id, i.thread_id, i.person_id
    ),
    keys as (
        select distinct rows_of.owner_id, rows_of.thread_id, e.source, e.thread_key
        from rows_of
        join raw.events e on e.event_id = rows_of.event_id
    ),
    listed as (
        select keys.owner_id, keys.thread_id, contacts.person_id
        from keys
        join core.members m
            on m.owner_id = keys.owner_id and m.source = keys.source
            and m.thread_key = keys.thread_key
        join core.parties p
            on p.owner_id = m.owner_id and p.source = m.source and p.ref = m.ref
        join main.contacts on contacts.contact_id = p.contact_id
        where contacts.person_id is not null
    ),
    together as (
        select owner_id, thread_id, person_id from rows_of
        union
        select owner_id, thread_id, person_id from listed
    )
select together.owner_id, together.thread_id, together.person_id
from together
semi join mart.known
    on known.owner_id = together.owner_id and known.person_id = together.person_id
