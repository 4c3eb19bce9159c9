-- question: Do people come to me, or do I go to them?
-- columns:
--   owner_id: see owners
--   half_year: first day of the half-year
--   kind: invitation (with a note), bare_invitation, or first_contact
--   by_them: how many they started
--   total: how many there were
--   ratio: by_them over total; over a half means that people come to you
--   low: lower end of its interval (Wilson)
--   high: upper end of its interval
-- source: an essay on networking calls it reverse networking
-- limits: recruiters and sales inflate it, so people who wrote on one day only and were never answered are left out
with
    knob as (
        select max(value) filter (name = 'interval_z') as z from thresholds
    ),
    counted as (
        select
            openings.owner_id,
            date '1970-01-01' + openings.day as day,
            openings.kind,
            openings.by_them
        from mart.openings
        left join mart.exchanges e
            on e.owner_id = openings.owner_id and e.person_id = openings.person_id
        where openings.kind = 'bare_invitation' or e.days_in <> 1 or e.days_out > 0
    ),
    summed as (
        select
            owner_id,
            make_date(year(day), case when month(day) <= 6 then 1 else 7 end, 1) as half_year,
            kind,
            count(*) filter (by_them) as by_them,
            count(*) as total,
            count(*) filter (by_them) / count(*) as ratio
        from counted
        group by all
    )
select
    owner_id,
    half_year,
    kind,
    by_them,
    total,
    round(ratio, 4) as ratio,
    round((ratio + z * z / 2 / total - z * sqrt((ratio * (1 - ratio) + z * z / 4 / total) / total))
        / (1 + z * z / total), 4) as low,
    round((ratio + z * z / 2 / total + z * sqrt((ratio * (1 - ratio) + z * z / 4 / total) / total))
        / (1 + z * z / total), 4) as high
from summed cross join knob
order by owner_id, half_year, kind
