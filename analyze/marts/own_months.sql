-- question: How much of what the owner wrote went to many at once, month by month?
-- columns:
--   owner_id: see owners
--   month: first day of the month
--   messages: own messages, each once
--   posts: own posts and shares
--   to_many: of the messages, to a conversation with many members
--   unanswered: of these, without any word of another there in the days after
-- adds: owner_id, month
-- source: definition
with
    knob as (
        select
            max(value) filter (name = 'broadcast_above') as many,
            max(value) filter (name = 'answer_days') * 8.64e10 as window_us
        from main.thresholds
    ),
    written as (
        select
            i.owner_id,
            i.event_id,
            any_value(i.thread_id) as thread_id,
            max(i.thread_size) as thread_size,
            any_value(i."at") as moment
        from core.interactions i
        where i.kind = 'message' and i.direction = 'out' and not i.one_click and i."at" is not null
        group by i.owner_id, i.event_id
    ),
    many as (
        select written.*
        from written cross join knob
        where written.thread_size > knob.many and written.thread_id is not null
    ),
    heard as (
        select distinct i.owner_id, i.thread_id, i."at" as heard_at
        from core.interactions i
        semi join many on many.owner_id = i.owner_id and many.thread_id = i.thread_id
        where i.direction = 'in' and not i.one_click and i."at" is not null
    ),
    answered as (
        select many.owner_id, many.event_id
        from many
        asof join heard
            on many.owner_id = heard.owner_id and many.thread_id = heard.thread_id
            and many.moment < heard.heard_at
        cross join knob
        where epoch_us(heard.heard_at) - epoch_us(many.moment) <= knob.window_us
    ),
    posted as (
        select e.owner_id, e."at" as moment
        from raw.events e
        left join core.parties p
            on p.owner_id = e.owner_id and p.source = e.source
            and p.ref = core.ref(e.party."key", e.party."name")
        where e.kind = 'post' and e."at" is not null
            and (e.direction = 'out' or (e.direction is null and coalesce(p.is_self, true)))
    ),
    acts as (
        select
            written.owner_id,
            written.moment,
            1 as messages,
            0 as posts,
            (written.thread_size > knob.many)::integer as to_many,
            (written.thread_size > knob.many and answered.event_id is null)::integer as unanswered
        from written
        cross join knob
        left join answered
            on answered.owner_id = written.owner_id and answered.event_id = written.event_id
        union all
        select owner_id, moment, 0, 1, 0, 0 from posted
    )
select
    acts.owner_id,
    date_trunc('month', date '1970-01-01'
        + ((epoch_us(acts.moment) + clocks.offset_us) // 86400000000)::integer)::date as month,
    sum(acts.messages)::bigint as messages,
    sum(acts.posts)::bigint as posts,
    sum(acts.to_many)::bigint as to_many,
    sum(acts.unanswered)::bigint as unanswered
from acts
join mart.clocks using (owner_id)
group by acts.owner_id, month
