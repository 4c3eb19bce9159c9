-- question: How strong is each tie now, and how strong was it a quarter and a year ago, and at the export before?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   back: days before now: 0, 91, 365, the horizon of the chances, and where the source of the last word has an export before the newest, that of its day
--   ref_day: day from which ages are counted: now, or the end of sight where that is earlier
--   p_out: points of the days on which the owner acted
--   p_in: points of the days on which they acted
--   p_shared: points of the days on which both heard somebody else in a group
--   s: strength: ln(1 + p_out) + ln(1 + p_in) + half of ln(1 + p_shared)
--   per_year: contact days a year, recent ones counting most
--   days: contact days in either direction
--   days_year: of these, in the last 365
--   silent_days: days since the latest of these; null without any
--   usual_gap: median days from one contact day to the next, over all the data; null with a single one
--   two_way: both sides acted at least once, by more than one click
-- each: person
-- source: own measurement on public message logs; the memory is hyperbolic, 1 / (1 + age / 30 days)
with
    knob as (
        select
            max(value) filter (name = 'day_points') as day_points,
            max(value) filter (name = 'memory_days') as memory,
            max(value) filter (name = 'shared_weight') as shared_weight,
            max(value) filter (name = 'rate_half_life_days') as half_life,
            max(value) filter (name = 'horizon_days')::integer as horizon
        from main.thresholds
    ),
    steps as (
        select distinct unnest([0, 91, 365, horizon]) as back from knob
    ),
    looks as (
        select sight.owner_id, sight.person_id, sight.seen_day, steps.back
        from mart.sight
        cross join steps
        union
        select sight.owner_id, sight.person_id, sight.seen_day, now.day - before.day
        from mart.sight
        join mart.now on now.owner_id = sight.owner_id
        join mart.previous_exports before
            on before.owner_id = sight.owner_id and before.source = sight.source
        where before.day < now.day
    ),
    moment as (
        select
            looks.owner_id,
            looks.person_id,
            looks.back,
            least(looks.seen_day, now.day - looks.back) as ref_day,
            greatest(least(looks.seen_day, now.day - looks.back) - now.began_day, 30) as span
        from looks
        join mart.now on now.owner_id = looks.owner_id
    ),
    acted as (
        select
            moment.owner_id,
            moment.person_id,
            moment.back,
            any_value(moment.ref_day) as ref_day,
            any_value(moment.span) as span,
            coalesce(sum(knob.day_points * d.w / (1 + (moment.ref_day - d.day) / knob.memory))
                filter (d.direction = 'out'), 0) as p_out,
            coalesce(sum(knob.day_points * d.w / (1 + (moment.ref_day - d.day) / knob.memory))
                filter (d.direction = 'in'), 0) as p_in,
            coalesce(bool_or(d.exchanged) filter (d.direction = 'in'), false)
                and coalesce(bool_or(d.exchanged) filter (d.direction = 'out'), false) as two_way
        from mart.contact_days d
        join moment
            on moment.owner_id = d.owner_id and moment.person_id = d.person_id
            and d.day <= moment.ref_day
        cross join knob
        group by moment.owner_id, moment.person_id, moment.back
    ),
    shared as (
        select
            moment.owner_id,
            moment.person_id,
            moment.back,
            sum(knob.day_points * d.w / (1 + (moment.ref_day - d.day) / knob.memory)) as p_shared
        from mart.shared_days d
        join moment
            on moment.owner_id = d.owner_id and moment.person_id = d.person_id
            and d.day <= moment.ref_day
        cross join knob
        group by moment.owner_id, moment.person_id, moment.back
    ),
    met as (
        select distinct owner_id, person_id, day from mart.contact_days where exchanged
    ),
    rate as (
        select
            moment.owner_id,
            moment.person_id,
            moment.back,
            count(*) as days,
            max(met.day) as last_day,
            count(*) filter (moment.ref_day - met.day < 365) as days_year,
            sum(pow(5.0e-1, (moment.ref_day - met.day) / knob.half_life))
                * ln(2) / any_value(knob.half_life) * 3.6525e2
                / (1 - pow(5.0e-1, any_value(moment.span) / any_value(knob.half_life))) as per_year
        from met
        join moment
            on moment.owner_id = met.owner_id and moment.person_id = met.person_id
            and met.day <= moment.ref_day
        cross join knob
        group by moment.owner_id, moment.person_id, moment.back
    )
select
    acted.owner_id,
    acted.person_id,
    acted.back::integer as back,
    acted.ref_day,
    acted.p_out,
    acted.p_in,
    coalesce(shared.p_shared, 0) as p_shared,
    ln(1 + acted.p_out) + ln(1 + acted.p_in)
        + knob.shared_weight * ln(1 + coalesce(shared.p_shared, 0)) as s,
    coalesce(rate.per_year, 0) as per_year,
    coalesce(rate.days, 0) as days,
    coalesce(rate.days_year, 0) as days_year,
    acted.ref_day - rate.last_day as silent_days,
    exchanges.usual_gap,
    acted.two_way
from acted
left join shared using (owner_id, person_id, back)
left join rate using (owner_id, person_id, back)
left join mart.exchanges using (owner_id, person_id)
cross join knob
