-- question: How well did last year's chances come true?
-- columns:
--   owner_id: see owners
--   band: chances from this one to a tenth more, as the general formula gave them a year ago
--   people: people in the band whose year since can be seen
--   expected: mean chance
--   observed: share who had a two-way exchange since
--   corrected: mean chance with the correction by this owner's past
-- source: a reliability table
-- limits: the correction was learned on this same year, so the last column flatters itself
with
    knob as (
        select
            max(value) filter (name = 'alive_constant') as a,
            max(value) filter (name = 'dormant_after_days') as dormant_after,
            max(value) filter (name = 'long_silence_chance') as silent_chance,
            max(value) filter (name = 'alive_slope') as b,
            max(value) filter (name = 'alive_horizon') as c,
            max(value) filter (name = 'horizon_days') as horizon,
            max(value) filter (name = 'sight_gap_days') as gap
        from thresholds
    ),
    past as (
        select
            replay.owner_id,
            replay.two_way_after,
            least(
                1 / (1 + exp(-(knob.a + knob.b * replay.s + knob.c * ln(knob.horizon / 365)))),
                case when replay.silent_days
                    > greatest(knob.dormant_after, 2 * coalesce(replay.usual_gap, 0))
                    then knob.silent_chance end
            ) as p0
        from mart.replay cross join knob
        where replay.hidden_days <= knob.gap
    )
select
    past.owner_id,
    least(floor(past.p0 * 10), 9) / 10 as band,
    count(*) as people,
    round(avg(past.p0), 4) as expected,
    round(count(*) filter (past.two_way_after) / count(*), 4) as observed,
    round(avg(past.p0 * c.factor / (1 - past.p0 + past.p0 * c.factor)), 4) as corrected
from past
join chances_kept c on c.owner_id = past.owner_id
group by past.owner_id, band
order by past.owner_id, band
