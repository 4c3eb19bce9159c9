-- question: Where do the networks of the owners overlap?
-- columns:
--   owner_id: one owner, see owners
--   owner: their name
--   other_owner_id: the other owner
--   other_owner: their name
--   known_to_both: people in both networks, as card or tie
--   ties_of_both: people with whom both have a living tie
--   ties_of_one: living ties of the one whom the other does not have as a living tie
--   ties_of_other: living ties of the other whom the one does not have as a living tie
--   share: ties of both over the ties of either
-- source: Jaccard 1901 for the share; a living tie is inner, strong or weak
-- limits: nothing to say while the database has one owner
with
    known as (
        select owner_id, person_id, class in ('inner', 'strong', 'weak') as living
        from ties
    ),
    pairs as (
        select
            one.owner_id,
            other.owner_id as other_owner_id,
            one.name as owner,
            other.name as other_owner
        from owners one
        join owners other on one.owner_id < other.owner_id
    ),
    sides as (
        select
            pairs.owner_id,
            pairs.other_owner_id,
            known.person_id,
            bool_or(known.owner_id = pairs.owner_id) as of_one,
            bool_or(known.owner_id = pairs.other_owner_id) as of_other,
            bool_or(known.owner_id = pairs.owner_id and known.living) as living_of_one,
            bool_or(known.owner_id = pairs.other_owner_id and known.living) as living_of_other
        from pairs
        join known on known.owner_id = pairs.owner_id or known.owner_id = pairs.other_owner_id
        group by all
    )
select
    pairs.owner_id,
    pairs.owner,
    pairs.other_owner_id,
    pairs.other_owner,
    count(*) filter (sides.of_one and sides.of_other) as known_to_both,
    count(*) filter (sides.living_of_one and sides.living_of_other) as ties_of_both,
    count(*) filter (sides.living_of_one and not sides.living_of_other) as ties_of_one,
    count(*) filter (sides.living_of_other and not sides.living_of_one) as ties_of_other,
    round(
        count(*) filter (sides.living_of_one and sides.living_of_other)
        / nullif(count(*) filter (sides.living_of_one or sides.living_of_other), 0),
        4
    ) as share
from pairs
left join sides
    on sides.owner_id = pairs.owner_id and sides.other_owner_id = pairs.other_owner_id
group by all
order by pairs.owner_id, pairs.other_owner_id
