-- question: Who links me to other worlds?
-- columns:
--   owner_id: see owners
--   person_id: see people, two-way ties only
--   name: name of the person
--   class: see ties
--   is_bridge: weak or strong, and nobody you are tied to sees much of them; null where they were never seen with anyone
--   alive: see ties; a bridge under 0.25 is about to fall
--   circle: the circle they belong to, see circles; null where they were never seen in a group
--   seen_with: people seen in the same groups
--   share: share of your points that this tie has
--   effective: how far this tie adds somebody new: 1 if nobody else is tied to them
--   constraint_of: how much this tie binds you
-- source: Burt 1992 and 2002 (bridges decay fastest); Aral & Van Alstyne 2011; Rajkumar et al. 2022
-- limits: who knows whom is known only where you were present, so a bridge may be a gap in your data
select
    holes.owner_id,
    holes.person_id,
    ties.name,
    ties.class,
    ties.is_bridge,
    ties.alive,
    circles.circle,
    holes.seen_with,
    round(holes.share, 6) as share,
    round(holes.effective, 4) as effective,
    round(holes.constraint_of, 6) as constraint_of
from mart.holes
join ties on ties.owner_id = holes.owner_id and ties.person_id = holes.person_id
left join mart.circles
    on circles.owner_id = holes.owner_id and circles.person_id = holes.person_id
order by holes.owner_id, ties.is_bridge desc nulls last, holes.share desc, holes.person_id
