-- question: Do I stay within my own circle?
-- columns:
--   owner_id: see owners
--   circle: the circle in which most of last year's contact days lie, see circles; null if you met nobody in groups
--   people: people in it with whom you had contact
--   inside_days: contact days with its people in the last 365
--   outside_days: contact days with everyone else
--   inside_share: share inside
-- source: Sonnenberg: networking with people like yourself
-- limits: circles are known only where you were present
with
    spent as (
        select y.owner_id, circles.circle, count(*) as people, sum(y.days)::bigint as days
        from mart.year_days y
        left join mart.circles
            on circles.owner_id = y.owner_id and circles.person_id = y.person_id
        where y.years_back = 0
        group by y.owner_id, circles.circle
    ),
    whole as (
        select owner_id, sum(days)::bigint as days from spent group by owner_id
    ),
    densest as (
        select
            owner_id,
            max({'days': days, 'circle': -circle, 'people': people}) as best
        from spent
        where circle is not null
        group by owner_id
    )
select
    whole.owner_id,
    -densest.best.circle as circle,
    coalesce(densest.best.people, 0) as people,
    coalesce(densest.best.days, 0) as inside_days,
    whole.days - coalesce(densest.best.days, 0) as outside_days,
    round(coalesce(densest.best.days, 0) / whole.days, 4) as inside_share
from whole
left join densest using (owner_id)
order by whole.owner_id
