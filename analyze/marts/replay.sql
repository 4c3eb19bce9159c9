-- question: Who had a two-way exchange in the last year, of those known a year ago?
-- columns:
--   owner_id: see owners
--   person_id: see people, with any contact a year ago
--   s: strength as it was a year ago
--   two_way_after: both sides acted in the year since
--   hidden_days: days before now at which the sight of this person ended
--   history_days: length of the owner's whole history
-- source: definition; the past tells how well the formula fits this owner
with
    acted as (
        select d.owner_id, d.person_id, count(distinct d.direction) = 2 as two_way
        from mart.contact_days d
        join mart.now using (owner_id)
        where d.exchanged and d.day > now.day - 365
        group by d.owner_id, d.person_id
    )
select
    points.owner_id,
    points.person_id,
    points.s,
    coalesce(acted.two_way, false) as two_way_after,
    now.day - sight.seen_day as hidden_days,
    now.day - now.began_day as history_days
from mart.points
join mart.now using (owner_id)
join mart.sight using (owner_id, person_id)
left join acted using (owner_id, person_id)
where points.back = 365
