-- Who was seen with these people: in the same conversations (mart.pairs), at the same meetings or
-- on the same posts, and who introduced them. z is the weight of what was seen, as in mart.pairs;
-- an introduction counts as one private message today.
-- Parameter: ids.
with
    knob as (
        select
            max(value) filter (name = 'shared_max_size') as largest,
            max(value) filter (name = 'memory_days') as memory
        from thresholds
    ),
    wanted as (
        select unnest($ids::integer[]) as person_id
    ),
    in_threads as (
        select owner_id, person_id as via, other_id as target, z, 'thread' as kind,
            null::timestamptz as "at"
        from mart.pairs
        where other_id in (select person_id from wanted)
    ),
    their_events as (
        select i.owner_id, i.person_id, i.event_id
        from core.interactions i
        cross join knob
        where i.person_id in (select person_id from wanted)
            and i.kind in ('meeting', 'tag')
            and i.thread_size >= 3 and i.thread_size <= knob.largest
    ),
    at_events as (
        select
            i.owner_id,
            i.person_id as via,
            their_events.person_id as target,
            sum(
                1 / sqrt(i.thread_size - 1)
                / (1 + (now.day - (epoch_us(i."at") + now.offset_us) // 86400000000) / knob.memory)
            ) as z,
            'event' as kind,
            max(i."at") as "at"
        from core.interactions i
        join their_events
            on their_events.event_id = i.event_id and their_events.owner_id = i.owner_id
            and their_events.person_id <> i.person_id
        join mart.now on now.owner_id = i.owner_id
        cross join knob
        where i."at" is not null
        group by i.owner_id, i.person_id, their_events.person_id
    ),
    introduced as (
        select owner_id, introducer_id as via, person_id as target, 1.0 as z,
            'introduction' as kind, introduced_at as "at"
        from mart.introductions
        where person_id in (select person_id from wanted)
    ),
    everything as (
        select owner_id, via, target, z, kind, "at" from in_threads
        union all
        select owner_id, via, target, z, kind, "at" from at_events
        union all
        select owner_id, via, target, z, kind, "at" from introduced
    )
select
    e.via,
    people.name,
    e.target,
    sum(e.z) as z,
    max(ties.alive) as alive,
    any_value(ties.class) as class,
    max(ties.last_contact) as last_contact,
    list(distinct e.kind order by e.kind) as kinds,
    max(e."at") filter (e.kind = 'introduction') as introduced_at
from everything e
join ties on ties.owner_id = e.owner_id and ties.person_id = e.via
join people on people.person_id = e.via
where ties.class <> 'card' and ties.alive > 0
group by e.owner_id, e.via, people.name, e.target
order by e.target, e.via
