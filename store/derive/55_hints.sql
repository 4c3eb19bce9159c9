-- Published hints: of what all word lists found in a conversation, what the list of its language
-- did; for each counterpart of the message. In steps, so that the words are carried along only once.
create or replace temp table hinted as
select e.event_id, e.owner_id,
    hash(e.owner_id, core.network(e.source), e.thread_key,
        case when e.thread_key is null then e.event_id end) as conversation
from raw.events e
semi join raw.hints using (event_id);

-- Of lists that find equally much, the one that finds more in all the owner's messages.
create or replace temp table language_of as
with counted as (
    select p.owner_id, p.conversation, h.lang, count(*) as hits
    from raw.hints h
    join hinted p using (event_id)
    where h.lang is not null
    group by all
)
select c.conversation, arg_min(c.lang, (-c.hits, -u.hits, c.lang)) as lang
from counted c
join core.lang_hits u on u.owner_id = c.owner_id and u.lang = c.lang
group by c.conversation;

delete from core.hints;
insert into core.hints by name
with kinds as (
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
    h.kind,
    h.lang,
    h.words,
    h.marks
from raw.hints h
join hinted p using (event_id)
left join language_of l on l.conversation = p.conversation
join kinds on kinds.kind = h.kind
join core.interactions i on i.event_id = h.event_id
where i.direction in ('in', 'out') and (h.lang is null or h.lang = l.lang)
order by i.contact_id, i."at";
