-- question: Who came closer, and who drifted, since the export before?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   move: closer or drifted: in another class or ring by the numbers alone, and the contact days a year changed by move_share or more
--   source: where you were last in touch, whose two exports are compared; null if compare_since names a day
--   day_then: day of the export before, or your own: set variable compare_since = date '2025-03-01'
--   day_now: day of the newest export of this source; the newest day in your data if compare_since names a day
--   class_then: class on that day; card also for who was not known yet
--   class_now: class now
--   ring_then: ring on that day; null for cards
--   ring_now: ring now; null for cards
--   strength_then: strength on that day
--   strength_now: strength now
--   per_year_then: contact days a year on that day
--   per_year_now: contact days a year now
--   evidence: the same as a sentence
-- source: the formulas of ties, applied to what had happened by each of the two days
-- limits: needs two exports of one source that are further apart than same_export_days; your own tags have no past; a changed channel that was never imported looks like drift
with
    knob as (
        select
            max(value) filter (name = 'sight_gap_days') as sight_gap,
            max(value) filter (name = 'move_share') as move_share
        from thresholds
    ),
    asked as (
        select (getvariable('compare_since')::date - date '1970-01-01')::integer as day
    ),
    former as (
        select
            owner_id,
            source,
            (max(made_on) filter (is_previous) - date '1970-01-01')::integer as then_day,
            (max(made_on) - date '1970-01-01')::integer as now_day
        from export_days
        group by owner_id, source
    ),
    -- Where two people last talked, there the next export shows what became of it.
    compared as (
        select
            sight.owner_id,
            sight.person_id,
            case when asked.day is null then former.source end as source,
            coalesce(asked.day, former.then_day) as then_day,
            case when asked.day is null then former.now_day else now.day end as now_day,
            now.day as today
        from mart.sight
        join mart.now on now.owner_id = sight.owner_id
        cross join asked
        cross join knob
        left join former on former.owner_id = sight.owner_id and former.source = sight.source
        where coalesce(asked.day, former.then_day) between now.began_day and now.day - 1
            and (asked.day is null or now.day - sight.seen_day <= knob.sight_gap)
    ),
    moved as (
        select
            compared.*,
            coalesce(before.class, 'card') as class_then,
            after.class as class_now,
            before.ring as ring_then,
            after.ring as ring_now,
            coalesce(before.strength, 0) as strength_then,
            after.strength as strength_now,
            coalesce(before.per_year, 0) as per_year_then,
            after.per_year as per_year_now
        from compared
        cross join knob
        join past_ties after
            on after.owner_id = compared.owner_id and after.person_id = compared.person_id
            and after.back = 0
        left join past_ties before
            on before.owner_id = compared.owner_id and before.person_id = compared.person_id
            and before.back = compared.today - compared.then_day
        where (coalesce(before.class, 'card') <> after.class
                or before.ring is distinct from after.ring)
            and abs(after.per_year - coalesce(before.per_year, 0))
                >= knob.move_share * greatest(after.per_year, before.per_year)
    ),
    placed as (
        select
            *,
            list_position(['inner', 'strong', 'weak', 'dormant', 'card'], class_then) * 10
                + coalesce(ring_then, 0) as distance_then,
            list_position(['inner', 'strong', 'weak', 'dormant', 'card'], class_now) * 10
                + coalesce(ring_now, 0) as distance_now
        from moved
    )
select
    placed.owner_id,
    placed.person_id,
    people.name,
    case when placed.distance_now < placed.distance_then then 'closer' else 'drifted' end as move,
    placed.source,
    date '1970-01-01' + placed.then_day as day_then,
    date '1970-01-01' + placed.now_day as day_now,
    placed.class_then,
    placed.class_now,
    placed.ring_then,
    placed.ring_now,
    placed.strength_then,
    placed.strength_now,
    placed.per_year_then,
    placed.per_year_now,
    'On ' || (date '1970-01-01' + placed.then_day) || ' ' || placed.class_then
        || coalesce(' in ring ' || placed.ring_then, '') || ', strength '
        || round(placed.strength_then, 1) || ', ' || round(placed.per_year_then)::integer
        || ' contact days a year; on ' || (date '1970-01-01' + placed.now_day) || ' '
        || placed.class_now || coalesce(' in ring ' || placed.ring_now, '') || ', strength '
        || round(placed.strength_now, 1) || ', ' || round(placed.per_year_now)::integer || '.'
        as evidence
from placed
join people on people.person_id = placed.person_id
where not people.is_owner
order by
    placed.owner_id,
    day_now desc,
    move,
    abs(placed.distance_now - placed.distance_then) desc,
    placed.strength_now desc,
    placed.person_id
