-- question: Do I lean on too few people?
-- columns:
--   owner_id: see owners
--   measure: top1 and top5 (share of last year's contact days with the first one and five), effective_number (how many people it would be if all had the same share), gini (0 even to 1 uneven), or single_provider (a benefit tag that only one living tie has)
--   value: the figure; for single_provider the number of people with the tag
--   reference: what is usual, from message logs, as text; null where nothing is known
--   who: the person, or the tag and its person
--   who_ids: whom these words name, as numbers, in the same order, see people
--   shares: for top1 and top5 their shares in the same order; else null
--   flagged: worth a look
-- source: Sonnenberg: over-reliance; own measurement over eight message logs for the references
-- limits: partner and boss dominate many logs: tag them 'exclude'
with
    knob as (
        select
            max(value) filter (name = 'reliance_top') as top,
            max(value) filter (name = 'alive_enough') as enough
        from thresholds
    ),
    counted as (
        select
            owner_id,
            person_id,
            days / sum(days) over (partition by owner_id) as p,
            row_number() over (partition by owner_id order by days desc, person_id) as place,
            row_number() over (partition by owner_id order by days, person_id desc) as up,
            count(*) over (partition by owner_id) as size
        from mart.year_days
        where years_back = 0
            and person_id not in (select person_id from tags where tag = 'exclude')
    ),
    summed as (
        select
            counted.owner_id,
            max(counted.p) as top1,
            sum(counted.p) filter (counted.place <= 5) as top5,
            1 / sum(counted.p * counted.p) as effective_number,
            2 * sum(counted.up * counted.p) / any_value(counted.size)
                - (any_value(counted.size) + 1) / any_value(counted.size) as gini,
            min(people.name) filter (counted.place = 1) as first_name,
            string_agg(people.name, ', ' order by counted.place) filter (counted.place <= 5)
                as five_names,
            list(counted.person_id order by counted.place) filter (counted.place <= 5)
                as five_ids,
            list(round(counted.p, 4) order by counted.place) filter (counted.place <= 5)
                as five_shares
        from counted
        join people using (person_id)
        group by counted.owner_id
    ),
    benefits as (
        select
            ties.owner_id,
            tags.tag,
            count(distinct ties.person_id) as people,
            count(distinct ties.person_id) filter (ties.alive >= knob.enough) as alive,
            min(ties.name) filter (ties.alive >= knob.enough) as name,
            min(ties.person_id) filter (ties.alive >= knob.enough) as person_id
        from tags
        join ties on ties.person_id = tags.person_id
        cross join knob
        where tags.tag like 'benefit:%' and ties.class not in ('card', 'dormant')
        group by ties.owner_id, tags.tag
    )
select owner_id, measure, value, reference, who, who_ids, shares, flagged
from (
    select owner_id, 1 as line, 'top1' as measure, round(top1, 4) as value,
        'median person 0.10 to 0.38' as reference, first_name as who,
        five_ids[1:1] as who_ids, five_shares[1:1] as shares, top1 > top as flagged
    from summed cross join knob
    union all
    select owner_id, 2, 'top5', round(top5, 4), null, five_names, five_ids, five_shares, false
    from summed
    union all
    select owner_id, 3, 'effective_number', round(effective_number, 2),
        'median person 5 to 17', null, [], null, false
    from summed
    union all
    select owner_id, 4, 'gini', round(gini, 4), null, null, [], null, false from summed
    union all
    select owner_id, 5, 'single_provider', people, null, substr(tag, 9) || ': ' || name,
        [person_id], null, true
    from benefits
    where alive = 1
)
order by owner_id, line, who
