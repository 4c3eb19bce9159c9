-- question: What came of the events I went to?
-- columns:
--   owner_id: see owners
--   event: name of the event
--   day: its day
--   met: people collected on the day and the three after it
--   written: of these, to whom you wrote within 14 days
--   two_way: of these, with a two-way exchange within 30 days
--   kept: of these, no cards a year on: two-way contact after the first 30 days and within 395
--   names: up to twelve of the met, by name
--   name_ids: the same as numbers, see people
-- source: Sonnenberg and others: what came of that conference?
-- limits: only events that your export lists; who attended is not known, so people are matched by the day
with
    knob as (
        select max(value) filter (name = 'event_days') as days from thresholds
    ),
    events as (
        select distinct
            owner_id,
            organisation as event,
            (try_cast(substr(started, 1, 10) as date) - date '1970-01-01')::integer as day
        from raw.stages
        where kind = 'event' and length(started) >= 10
    ),
    met as (
        select
            events.owner_id,
            events.event,
            events.day,
            f.person_id,
            f.day as met_day,
            f.written_14,
            f.two_way_30
        from events
        cross join knob
        left join mart.follow_up f
            on f.owner_id = events.owner_id and f.day between events.day and events.day + knob.days
        where events.day is not null
    ),
    later as (
        select met.owner_id, met.event, met.day, met.person_id
        from met
        join mart.contact_days d
            on d.owner_id = met.owner_id and d.person_id = met.person_id and d.exchanged
            and d.day - met.met_day between 31 and 395
        group by all
        having count(distinct d.direction) = 2
    )
select
    met.owner_id,
    met.event,
    date '1970-01-01' + met.day as day,
    count(met.person_id) as met,
    count(*) filter (met.written_14) as written,
    count(*) filter (met.two_way_30) as two_way,
    count(later.person_id) as kept,
    coalesce(
        list(people.name order by people.name, people.person_id)
            filter (people.name is not null), []
    )[1:12] as names,
    coalesce(
        list(people.person_id order by people.name, people.person_id)
            filter (people.name is not null), []
    )[1:12] as name_ids
from met
left join later
    on later.owner_id = met.owner_id and later.event = met.event and later.day = met.day
    and later.person_id = met.person_id
left join people on people.person_id = met.person_id
group by met.owner_id, met.event, met.day
order by met.owner_id, met.day, met.event
