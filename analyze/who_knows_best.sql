-- question: Which of us owners knows a person best?
-- columns:
--   person_id: see people; known to at least one owner as more than a card
--   name: name of the person
--   company: see people
--   owner_id: the owner who is most likely to be in touch with them, see owners
--   owner: name of that owner
--   class: that owner's tie, see ties
--   ring: see ties
--   alive: that owner's chance to be in touch within a year
--   evidence: that owner's reasons, as a sentence
--   others: the other owners who know the person, with their class; null if nobody else does
-- source: definition: chances can be compared between owners, strengths only within one
-- limits: nothing to say while the database has one owner; each owner's data end on another day
with
    ranked as (
        select
            ties.*,
            owners.name as owner,
            row_number() over (
                partition by ties.person_id
                order by ties.class = 'card', ties.alive desc, ties.strength desc, ties.owner_id
            ) as place
        from ties
        join owners using (owner_id)
        where (select count(*) from owners) > 1
    )
select
    best.person_id,
    best.name,
    people.company,
    best.owner_id,
    best.owner,
    best.class,
    best.ring,
    best.alive,
    best.evidence,
    (
        select string_agg(coalesce(r.owner, 'owner ' || r.owner_id) || ' (' || r.class || ')', ', ' order by r.place)
        from ranked r
        where r.person_id = best.person_id and r.place > 1
    ) as others
from ranked best
join people on people.person_id = best.person_id
where best.place = 1 and best.class <> 'card'
order by best.alive desc, best.name, best.person_id
