-- question: Who speaks in each group conversation?
-- columns:
--   owner_id: see owners
--   thread_id: see interactions
--   members: members of the conversation, the owner included
--   messages: messages in it
--   own: of these, by the owner
--   top: of these, by the one who wrote most, the owner left out
--   top_person_id: who that is
--   last_at: latest message
-- each: conversation
-- source: plain counts
with
    written as (
        select
            i.owner_id,
            i.thread_id,
            case when i.direction = 'in' then i.person_id end as sender,
            max(i.thread_size) as members,
            count(distinct i.event_id) as messages,
            max(i.at) as last_at
        from core.interactions i
        where i.thread_size >= 3 and i.thread_id is not null and i.at is not null
            and i.kind = 'message'
        group by all
    )
select
    owner_id,
    thread_id,
    max(members) as members,
    sum(messages)::bigint as messages,
    coalesce(sum(messages) filter (sender is null), 0)::bigint as own,
    coalesce(max(messages) filter (sender is not null), 0) as top,
    arg_max(sender, (messages, -sender)) filter (sender is not null) as top_person_id,
    max(last_at) as last_at
from written
group by owner_id, thread_id
