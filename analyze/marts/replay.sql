-- question: Who had a two-way exchange within the last horizon (a year), of those known before?
-- columns:
--   owner_id: see owners
--   person_id: see people, with any contact by then
--   s: strength as it was then
--   silent_days: days since the latest contact, as of then
--   usual_gap: median days from one contact day to the next, over all the data; null with a single one
--   two_way_after: both sides acted since
--   hidden_days: days before now at which the sight of this person ended
--   history_days: length of the owner's whole history
-- each: person
-- source: definition; the past tells how well the formula fits this owner
with
    knob as (
        select max(value) filter (name = 'horizon_days')::integer as horizon from main.thresholds
    ),
    acted as (
        select d.owner_id, d.person_id, count(distinct d.direction) = 2 as two_way
        from mart.contact_days d
        join mart.now using (owner_id)
        cross join knob
        where d.exchanged and d.day > now.day - knob.horizon
        group by d.owner_id, d.person_id
    )
select
    points.owner_id,
    points.person_id,
    points.s,
    points.silent_days,
    points.usual_gap,
    coalesce(acted.two_way, false) as two_way_after,
    now.day - sight.seen_day as hidden_days,
    now.day - now.began_day as history_days
from mart.points
join mart.now using (owner_id)
join mart.sight using (owner_id, person_id)
left join acted using (owner_id, person_id)
cross join knob
where points.back = knob.horizon
