-- question: How is my contact spread over people, and is the pattern stable?
-- columns:
--   owner_id: see owners
--   place: 1 for the person with most contact days of that year, up to 20
--   share_now: share of the last year's contact days of the first twenty
--   share_before: the same for the year before
--   name_now: who holds the place now
--   name_before: who held it the year before
--   distance: Jensen-Shannon distance of the two patterns, 0 alike to 1 apart; the same in every row, null without two years
-- source: Saramäki et al. 2014: the curve persists while the names change
-- limits: contact days of every channel count alike
with
    ranked as (
        select
            owner_id,
            person_id,
            years_back,
            days,
            row_number() over (
                partition by owner_id, years_back order by days desc, person_id
            ) as place
        from mart.year_days
        where years_back <= 1
    ),
    shares as (
        select
            owner_id,
            person_id,
            years_back,
            place,
            days / sum(days) over (partition by owner_id, years_back) as share
        from ranked
        where place <= 20
    ),
    paired as (
        select
            coalesce(a.owner_id, b.owner_id) as owner_id,
            coalesce(a.place, b.place) as place,
            coalesce(a.share, 0) as p,
            coalesce(b.share, 0) as q,
            a.person_id as person_now,
            b.person_id as person_before
        from (select * from shares where years_back = 0) a
        full join (select * from shares where years_back = 1) b
            on b.owner_id = a.owner_id and b.place = a.place
    ),
    measured as (
        select
            *,
            sqrt(greatest(sum(
                case when p > 0 then p * log2(2 * p / (p + q)) else 0 end / 2
                + case when q > 0 then q * log2(2 * q / (p + q)) else 0 end / 2
            ) over (partition by owner_id), 0)) as distance,
            sum(p) over (partition by owner_id) > 0 and sum(q) over (partition by owner_id) > 0
                as comparable
        from paired
    )
select
    measured.owner_id,
    measured.place,
    round(measured.p, 4) as share_now,
    round(measured.q, 4) as share_before,
    now_people.name as name_now,
    before_people.name as name_before,
    case when measured.comparable then round(measured.distance, 4) end as distance
from measured
left join people now_people on now_people.person_id = measured.person_now
left join people before_people on before_people.person_id = measured.person_before
order by measured.owner_id, measured.place
