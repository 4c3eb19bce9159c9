-- Published hints: of what all word lists found in a conversation, what the list of its language
-- did; for each counterpart of the message.
delete from core.hints;
insert into core.hints by name
with found as (
    select
        h.event_id,
        h.lang,
        h.kind,
        h.words,
        h.marks,
        e.owner_id,
        concat_ws('|', e.owner_id, core.network(e.source),
            coalesce(e.thread_key, 'event ' || h.event_id)) as conversation
    from raw.hints h
    join raw.events e using (event_id)
),
-- Of lists that find equally much, the one that finds more in all the owner's messages.
spoken as (
    select f.conversation, f.lang,
        row_number() over (
            partition by f.conversation
            order by count(*) desc, any_value(u.hits) desc, f.lang
        ) as place
    from found f
    join core.lang_hits u on u.owner_id = f.owner_id and u.lang = f.lang
    group by f.conversation, f.lang
),
kept as (
    select f.*
    from found f
    left join spoken s on s.conversation = f.conversation and s.lang = f.lang
    where f.lang is null or s.place = 1
),
kinds as (
    select kind, core.stable_id('hint|' || kind) as kind_id
    from (select distinct kind from raw.hints)
)
select
    xor(i.interaction_id, kinds.kind_id) as hint_id,
    i.interaction_id,
    i.event_id,
    i.owner_id,
    i.contact_id,
    i.person_id,
    i.source,
    i.direction,
    i."at",
    i.thread_id,
    i.thread_size,
    k.kind,
    k.lang,
    k.words,
    k.marks
from kept k
join kinds using (kind)
join core.interactions i on i.event_id = k.event_id
where i.direction in ('in', 'out')
order by i.contact_id, i."at";
