-- question: Who came closer within a year, and who drifted outward?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   ring_then: ring a year ago; null for a card, or not yet known
--   ring_now: ring now, by the numbers alone
--   move: closer or outward
--   strength_then: strength a year ago
--   strength_now: strength now
-- source: Saramäki et al. 2014: names change, the pattern stays
-- limits: a changed channel looks like drift; people whose data end early are left out
with
    pairs as (
        select
            after.owner_id,
            after.person_id,
            before.ring as ring_then,
            after.ring as ring_now,
            coalesce(before.strength, 0) as strength_then,
            after.strength as strength_now
        from past_ties after
        left join past_ties before
            on before.owner_id = after.owner_id and before.person_id = after.person_id
            and before.back = 365
        where after.back = 0 and before.ring is distinct from after.ring
    )
select
    pairs.owner_id,
    pairs.person_id,
    ties.name,
    pairs.ring_then,
    pairs.ring_now,
    case when coalesce(pairs.ring_now, 6) < coalesce(pairs.ring_then, 6) then 'closer' else 'outward' end as move,
    pairs.strength_then,
    pairs.strength_now
from pairs
join ties on ties.owner_id = pairs.owner_id and ties.person_id = pairs.person_id
where not ties.hidden
order by
    pairs.owner_id,
    abs(coalesce(pairs.ring_now, 6) - coalesce(pairs.ring_then, 6)) desc,
    pairs.strength_now desc,
    pairs.person_id
