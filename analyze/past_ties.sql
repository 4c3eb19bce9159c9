-- question: What were my ties a quarter and a year ago, and when I last exported?
-- columns:
--   owner_id: whose tie, see owners
--   person_id: with whom, see people; only those with any contact by then
--   back: days before now: 0, 91 and 365, the horizon of the chances, those of the exports with which the newest are compared (see export_days), and that of your own day, if you say: set variable compare_since = date '2025-03-01'
--   class: class at that time, by the numbers alone
--   ring: ring at that time; null for cards
--   strength: strength at that time
--   alive: chance at that time to be in touch within a year
--   per_year: contact days a year at that time
-- source: the formulas of ties, applied to what had happened by then
-- limits: your own tags have no past and are left out
with
    knob as (
        select
            max(value) filter (name = 'alive_constant') as a,
            max(value) filter (name = 'dormant_after_days') as dormant_after,
            max(value) filter (name = 'long_silence_chance') as silent_chance,
            max(value) filter (name = 'alive_slope') as b,
            max(value) filter (name = 'alive_horizon') as c,
            max(value) filter (name = 'horizon_days') as horizon,
            max(value) filter (name = 'inner_per_year') as inner_per_year,
            max(value) filter (name = 'close_per_year') as close_per_year,
            max(value) filter (name = 'regular_days') as regular_days,
            max(value) filter (name = 'acquaintance_days') as acquaintance_days,
            max(value) filter (name = 'dormant_below') as dormant_below,
            max(value) filter (name = 'day_points') as day_points,
            max(value) filter (name = 'memory_days') as memory,
            max(value) filter (name = 'shared_weight') as shared_weight,
            max(value) filter (name = 'rate_half_life_days') as half_life
        from thresholds
    ),
    -- Your own day is the one that the shared table does not hold.
    asked as not materialized (
        select
            owner_id,
            day,
            began_day,
            (day - (getvariable('compare_since')::date - date '1970-01-01'))::integer as back
        from mart.now
    ),
    moment as not materialized (
        select
            sight.owner_id,
            sight.person_id,
            asked.back,
            least(sight.seen_day, asked.day - asked.back) as ref_day,
            greatest(least(sight.seen_day, asked.day - asked.back) - asked.began_day, 30) as span
        from asked
        join mart.sight on sight.owner_id = asked.owner_id
        anti join mart.points held
            on held.owner_id = sight.owner_id and held.person_id = sight.person_id
            and held.back = asked.back
        where asked.back > 0
    ),
    acted as not materialized (
        select
            moment.owner_id,
            moment.person_id,
            moment.back,
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
    shared as not materialized (
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
    met as not materialized (
        select distinct
            moment.owner_id,
            moment.person_id,
            moment.back,
            moment.ref_day - d.day as age
        from mart.contact_days d
        join moment
            on moment.owner_id = d.owner_id and moment.person_id = d.person_id
            and d.day <= moment.ref_day
        where d.exchanged
    ),
    rate as not materialized (
        select
            met.owner_id,
            met.person_id,
            met.back,
            min(met.age) as silent_days,
            count(*) filter (met.age < 365) as days_year,
            sum(pow(5.0e-1, met.age / knob.half_life)) as recency
        from met cross join knob
        group by met.owner_id, met.person_id, met.back
    ),
    points as not materialized (
        select
            owner_id, person_id, back, s, per_year, days_year, silent_days, usual_gap, two_way
        from mart.points
        union all
        select
            acted.owner_id,
            acted.person_id,
            acted.back,
            ln(1 + acted.p_out) + ln(1 + acted.p_in)
                + knob.shared_weight * ln(1 + coalesce(shared.p_shared, 0)),
            coalesce(
                rate.recency * ln(2) / knob.half_life * 3.6525e2
                    / (1 - pow(5.0e-1, acted.span / knob.half_life)),
                0
            ),
            coalesce(rate.days_year, 0),
            rate.silent_days,
            exchanges.usual_gap,
            acted.two_way
        from acted
        left join shared using (owner_id, person_id, back)
        left join rate using (owner_id, person_id, back)
        left join mart.exchanges using (owner_id, person_id)
        cross join knob
    ),
    silence as (
        select
            points.owner_id,
            points.person_id,
            points.back,
            points.s,
            points.per_year,
            points.days_year,
            points.two_way,
            points.silent_days > greatest(knob.dormant_after, 2 * coalesce(points.usual_gap, 0))
                as long_silent,
            1 / (1 + exp(-(knob.a + knob.b * points.s + knob.c * ln(knob.horizon / 365)))) as p0
        from points cross join knob
    ),
    chance as (
        select
            silence.owner_id,
            silence.person_id,
            silence.back,
            silence.s,
            silence.per_year,
            silence.days_year,
            silence.two_way,
            silence.long_silent,
            least(silence.p0, case when silence.long_silent then knob.silent_chance end) as p0,
            chances_kept.factor as r
        from silence
        join chances_kept using (owner_id)
        cross join knob
    ),
    rated as (
        select
            chance.owner_id,
            chance.person_id,
            chance.back,
            chance.s,
            chance.per_year,
            chance.two_way,
            chance.long_silent,
            chance.p0 * chance.r / (1 - chance.p0 + chance.p0 * chance.r) as alive,
            case
                when chance.per_year >= knob.inner_per_year then 1
                when chance.per_year >= knob.close_per_year then 2
                when chance.days_year >= knob.regular_days then 3
                when chance.days_year >= knob.acquaintance_days then 4
                else 5
            end as ring,
            knob.dormant_below
        from chance cross join knob
    )
select
    owner_id,
    person_id,
    back,
    case
        when not two_way then 'card'
        when alive < dormant_below or long_silent then 'dormant'
        when ring = 1 then 'inner'
        when ring = 2 then 'strong'
        else 'weak'
    end as class,
    case when two_way then ring end as ring,
    round(s, 4) as strength,
    round(alive, 4) as alive,
    round(per_year, 4) as per_year
from rated
