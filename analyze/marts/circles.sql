-- question: Into which circles do the people fall who meet in the owner's conversations?
-- columns:
--   owner_id: see owners
--   person_id: see people, seen in a conversation of three or more
--   circle: smallest person_id of the circle: all whom a chain of shared conversations connects, the owner left out
-- source: definition: connected parts of the graph of shared conversations
-- limits: silent members are known only where a file lists them
with recursive
    -- A star around the smallest member of each thread connects the same people as all pairs do.
    stars as materialized (
        select distinct
            owner_id,
            person_id,
            min(person_id) over (partition by owner_id, thread_id) as hub
        from mart.thread_members
    ),
    edges as materialized (
        select owner_id, person_id as a, hub as b from stars where person_id <> hub
        union
        select owner_id, hub as a, person_id as b from stars where person_id <> hub
    ),
    walk (owner_id, person_id, circle) using key (owner_id, person_id) as (
        select distinct owner_id, person_id, person_id as circle
        from stars
        union
        select edges.owner_id, edges.b as person_id, min(walk.circle) as circle
        from walk
        join edges on edges.owner_id = walk.owner_id and edges.a = walk.person_id
        join recurring.walk known
            on known.owner_id = edges.owner_id and known.person_id = edges.b
        where walk.circle < known.circle
        group by edges.owner_id, edges.b
    )
select owner_id, person_id, circle from walk
