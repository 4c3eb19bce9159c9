-- question: When did I collect many people at once, and what became of them?
-- columns:
--   owner_id: see owners
--   day: day of the burst
--   event: an event of yours on that day or the day before; null if none is known
--   new: people collected on the day
--   usual: people collected a day over the year before
--   followed_up: of the new, how many had a two-way exchange with you within 30 days
--   kept: of the new, how many are no cards now
--   kept_share: the same as a share
--   names: up to twelve of them, the strongest ties first
--   name_ids: the same as numbers, see people
-- source: Sonnenberg and others: thirty cards in one night; burst = far beyond a Poisson day
-- limits: import dates of an address book are no meetings: days that hold over half of a source are left out
with
    knob as (
        select
            max(value) filter (name = 'burst_least') as least_new,
            max(value) filter (name = 'burst_sigma') as sigma,
            max(value) filter (name = 'burst_floor') as floor_new,
            max(value) filter (name = 'burst_import_share') as import_share
        from thresholds
    ),
    per_source as (
        select
            owner_id,
            source,
            day,
            count(*) as new,
            sum(count(*)) over (partition by owner_id, source) as whole
        from mart.follow_up
        group by owner_id, source, day
    ),
    per_day as (
        select per_source.owner_id, per_source.day, sum(per_source.new)::bigint as new
        from per_source cross join knob
        where per_source.new <= knob.import_share * per_source.whole
        group by per_source.owner_id, per_source.day
    ),
    calm as (
        select
            owner_id,
            day,
            new,
            coalesce(sum(new) over (
                partition by owner_id order by day
                range between 365 preceding and 1 preceding
            ), 0) / 3.65e2 as usual
        from per_day
    ),
    bursts as (
        select calm.owner_id, calm.day, calm.new, calm.usual
        from calm cross join knob
        where calm.new >= knob.least_new
            and calm.new > calm.usual + knob.sigma * sqrt(calm.usual) + knob.floor_new
    ),
    events as (
        select
            owner_id,
            organisation,
            try_cast(substr(started, 1, 10) as date) as held
        from raw.stages
        where kind = 'event' and length(started) >= 10
    ),
    met as (
        select
            bursts.owner_id,
            bursts.day,
            bursts.new,
            bursts.usual,
            follow_up.two_way_30,
            ties.class <> 'card' as kept,
            ties.name,
            ties.person_id,
            row_number() over (
                partition by bursts.owner_id, bursts.day
                order by ties.strength desc, ties.person_id
            ) as place
        from bursts
        join per_source
            on per_source.owner_id = bursts.owner_id and per_source.day = bursts.day
        cross join knob
        join mart.follow_up
            on follow_up.owner_id = per_source.owner_id and follow_up.day = per_source.day
            and follow_up.source = per_source.source
        join ties
            on ties.owner_id = follow_up.owner_id and ties.person_id = follow_up.person_id
        where per_source.new <= knob.import_share * per_source.whole
    ),
    judged as (
        select
            owner_id,
            day,
            any_value(new) as new,
            any_value(usual) as usual,
            count(*) filter (two_way_30) as followed_up,
            count(*) filter (kept) as kept,
            list(name order by place) filter (place <= 12) as names,
            list(person_id order by place) filter (place <= 12) as name_ids
        from met
        group by owner_id, day
    )
select
    judged.owner_id,
    date '1970-01-01' + judged.day as day,
    (
        select min(events.organisation)
        from events
        where events.owner_id = judged.owner_id
            and date '1970-01-01' + judged.day - events.held between 0 and 1
    ) as event,
    judged.new,
    round(judged.usual, 4) as usual,
    judged.followed_up,
    judged.kept,
    round(judged.kept / judged.new, 4) as kept_share,
    judged.names,
    judged.name_ids
from judged
order by judged.owner_id, judged.day
