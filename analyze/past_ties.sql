-- question: What were my ties a quarter and a year ago?
-- columns:
--   owner_id: whose tie, see owners
--   person_id: with whom, see people; only those with any contact by then
--   back: days before now: 0, 91 or 365
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
            max(value) filter (name = 'dormant_below') as dormant_below
        from thresholds
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
        from mart.points cross join knob
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
