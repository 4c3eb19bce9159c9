-- question: Into which circles do the people fall whom I meet in groups, and who holds each end?
-- columns:
--   owner_id: see owners
--   circle: number of the circle, the smallest person_id in it
--   people: people in it
--   ties: of these, no cards
--   strong_ties: of these, inner or strong
--   strongest: name of the strongest tie in it; null without a tie
--   strongest_id: the same as a number, see people
--   has_strong_end: a strong tie stands at this end, which weak ties need
--   bridges: names of the bridges into it
--   bridge_ids: the same as numbers, see people
--   alive_ties: ties likely to be in touch with you within a year
-- source: Burt 1992; the digest on what you can do for your network: weak ties need strong ties at each end
-- limits: circles are joined by a single person who sits in both; only what passed in your presence is known
with
    knob as (
        select max(value) filter (name = 'alive_enough') as enough from thresholds
    )
select
    circles.owner_id,
    circles.circle,
    count(*) as people,
    count(*) filter (ties.class <> 'card') as ties,
    count(*) filter (ties.class in ('inner', 'strong')) as strong_ties,
    arg_max(ties.name, (ties.strength, -ties.person_id)) filter (ties.class <> 'card') as strongest,
    arg_max(ties.person_id, (ties.strength, -ties.person_id))
        filter (ties.class <> 'card') as strongest_id,
    bool_or(ties.class in ('inner', 'strong')) as has_strong_end,
    coalesce(
        list(ties.name order by ties.strength desc, ties.person_id) filter (ties.is_bridge), []
    ) as bridges,
    coalesce(
        list(ties.person_id order by ties.strength desc, ties.person_id)
            filter (ties.is_bridge), []
    ) as bridge_ids,
    count(*) filter (ties.class not in ('card', 'dormant') and ties.alive >= knob.enough) as alive_ties
from mart.circles
join ties on ties.owner_id = circles.owner_id and ties.person_id = circles.person_id
cross join knob
group by circles.owner_id, circles.circle
order by circles.owner_id, people desc, circles.circle
