-- question: How far from the centre is everyone?
-- columns:
--   owner_id: see owners
--   ring: 1 (closest) to 5; null for the cards outside
--   meaning: what the ring stands for
--   people: how many are in it
--   cumulative: how many are in it and the rings inside it; null for cards
--   published: how many people often have up to this ring, a guide and no target; null for cards
--   came_closer: of these, how many were further out a year ago
--   drifted: of these, how many were closer a year ago
--   names: the strongest five, by strength
--   name_ids: the same as numbers, see people
-- source: Hill & Dunbar 2003, Mac Carron et al. 2016; borders by contact days a year
-- limits: no natural gaps between rings were found in real logs: the borders are conventions
with
    rows_of as (
        select
            ties.owner_id,
            ties.ring,
            ties.name,
            ties.person_id,
            ties.strength,
            before.ring as ring_before,
            ties.hidden,
            row_number() over (
                partition by ties.owner_id, ties.ring order by ties.strength desc, ties.person_id
            ) as place
        from ties
        left join past_ties before
            on before.owner_id = ties.owner_id and before.person_id = ties.person_id
            and before.back = 365
    ),
    counted as (
        select
            owner_id,
            ring,
            count(*) as people,
            count(*) filter (ring is not null and not hidden and ring < coalesce(ring_before, 6))
                as came_closer,
            count(*) filter (not hidden and ring > ring_before) as drifted,
            list(name order by place) filter (place <= 5) as names,
            list(person_id order by place) filter (place <= 5) as name_ids
        from rows_of
        group by owner_id, ring
    ),
    guide as (
        select *
        from (
            values
                (1, 'inner circle: weekly', 5),
                (2, 'close: monthly', 15),
                (3, 'regular: at least two days last year', 50),
                (4, 'acquaintance: at least one day last year', 150),
                (5, 'outside: earlier', 500),
                (null, 'cards: never both ways', null)
        ) line (ring, meaning, published)
    )
select
    now.owner_id,
    guide.ring,
    guide.meaning,
    coalesce(counted.people, 0) as people,
    case when guide.ring is not null then
        sum(coalesce(counted.people, 0)) over (
            partition by now.owner_id order by guide.ring nulls last
        )::bigint
    end as cumulative,
    guide.published,
    coalesce(counted.came_closer, 0) as came_closer,
    coalesce(counted.drifted, 0) as drifted,
    coalesce(counted.names, []) as names,
    coalesce(counted.name_ids, []) as name_ids
from mart.now
cross join guide
left join counted
    on counted.owner_id = now.owner_id and counted.ring is not distinct from guide.ring
order by now.owner_id, guide.ring nulls last
