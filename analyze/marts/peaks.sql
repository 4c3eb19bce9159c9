-- question: How close was each person at best, and how strong when they last spoke?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   best_days: most contact days within any 365 days
--   best_day: last day of that stretch, as days since 1970
--   s: strength on the day of the last contact, shared groups left out
-- each: person
-- source: the formulas of ties, at the person's own best
with
    knob as (
        select
            max(value) filter (name = 'day_points') as day_points,
            max(value) filter (name = 'memory_days') as memory
        from main.thresholds
    ),
    met as (
        select distinct owner_id, person_id, day from mart.contact_days where exchanged
    ),
    counted as (
        select
            owner_id,
            person_id,
            day,
            count(*) over (
                partition by owner_id, person_id order by day
                range between 364 preceding and current row
            ) as days
        from met
    ),
    best as (
        select
            owner_id,
            person_id,
            max(days) as best_days,
            arg_max(day, (days, day)) as best_day,
            max(day) as last_day
        from counted
        group by owner_id, person_id
    ),
    summed as (
        select
            d.owner_id,
            d.person_id,
            coalesce(sum(knob.day_points * d.w / (1 + (best.last_day - d.day) / knob.memory))
                filter (d.direction = 'out'), 0) as p_out,
            coalesce(sum(knob.day_points * d.w / (1 + (best.last_day - d.day) / knob.memory))
                filter (d.direction = 'in'), 0) as p_in
        from mart.contact_days d
        join best using (owner_id, person_id)
        cross join knob
        where d.day <= best.last_day
        group by d.owner_id, d.person_id
    )
select
    best.owner_id,
    best.person_id,
    best.best_days,
    best.best_day,
    ln(1 + summed.p_out) + ln(1 + summed.p_in) as s
from best
join summed using (owner_id, person_id)
