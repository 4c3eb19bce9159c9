-- question: How many of last year's expected ties stayed in touch?
-- columns:
--   owner_id: see owners
--   people: people with any contact a year ago whose year since can be seen
--   expected: how many of them the general formula expected to stay in touch
--   observed: how many did
--   factor: by how much the odds are corrected for this owner; 1 while the history is too short
--   by_own_past: the correction rests on the owner's own past; otherwise the chances are a guess from other people's logs
--   in_words: the same as a sentence
-- source: own measurement: this one number corrects the chances more than any richer model tried
with
    knob as (
        select
            max(value) filter (name = 'alive_constant') as a,
            max(value) filter (name = 'dormant_after_days') as dormant_after,
            max(value) filter (name = 'long_silence_chance') as silent_chance,
            max(value) filter (name = 'alive_slope') as b,
            max(value) filter (name = 'alive_horizon') as c,
            max(value) filter (name = 'horizon_days') as horizon,
            max(value) filter (name = 'alive_prior') as prior,
            max(value) filter (name = 'replay_margin_days') as margin,
            max(value) filter (name = 'sight_gap_days') as gap
        from thresholds
    ),
    chances as (
        select
            replay.owner_id,
            replay.two_way_after,
            replay.history_days >= knob.horizon + knob.margin as long_enough,
            knob.prior,
            least(
                1 / (1 + exp(-(knob.a + knob.b * replay.s + knob.c * ln(knob.horizon / 365)))),
                case when replay.silent_days
                    > greatest(knob.dormant_after, 2 * coalesce(replay.usual_gap, 0))
                    then knob.silent_chance end
            ) as p0
        from mart.replay cross join knob
        where replay.hidden_days <= knob.gap
    ),
    past as (
        select
            owner_id,
            count(*) as people,
            sum(p0) as expected,
            count(*) filter (two_way_after) as observed,
            any_value(long_enough) as long_enough,
            any_value(prior) as prior
        from chances
        group by owner_id
    ),
    judged as (
        select
            now.owner_id,
            coalesce(past.people, 0) as people,
            coalesce(past.expected, 0) as expected,
            coalesce(past.observed, 0) as observed,
            coalesce(past.long_enough, false) as by_own_past,
            case when past.long_enough
                then (past.observed + past.prior) / (past.expected + past.prior)
                else 1.0e0
            end as factor
        from mart.now left join past using (owner_id)
    )
select
    owner_id,
    people,
    round(expected, 1) as expected,
    observed,
    factor,
    by_own_past,
    case
        when not by_own_past
            then 'The history is too short to check: the chances are a guess from other people''s logs.'
        else 'A year ago the formula expected ' || round(expected)::integer
            || ' of your contacts to stay in touch; ' || observed || ' did, so the chances are '
            || case when factor > 1.05 then 'raised.' when factor < 0.95 then 'lowered.'
                else 'left as they are.' end
    end as in_words
from judged
