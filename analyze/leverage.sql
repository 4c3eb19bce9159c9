-- question: How far do my dozen reach?
-- columns:
--   owner_id: see owners
--   person_id: one of the dozen; null in the row for all of them
--   name: name of the person
--   nominal: twelve for each of the dozen, a rule of thumb
--   seen: people met in groups with them who are no ties of yours
--   employers: distinct companies of these
--   shared: of the seen, how many another of the dozen also reaches
--   overlap: the same as a share; in the row for all the mean of all others; null where too few were seen to say
--   estimate: nominal less the overlap
-- source: Hargreaves: a dozen people with a dozen each
-- limits: seen is a lower bound, nominal and estimate are a rule of thumb and no count
with
    knob as (
        select
            max(value) filter (name = 'nominal_reach') as reach,
            max(value) filter (name = 'least_for_share') as least_seen
        from thresholds
    ),
    dozen as materialized (
        select owner_id, place, person_id, name from the_dozen
    ),
    reached as (
        select
            pairs.owner_id,
            pairs.person_id,
            pairs.other_id,
            count(*) over (partition by pairs.owner_id, pairs.other_id) as by_how_many
        from mart.pairs
        join dozen on dozen.owner_id = pairs.owner_id and dozen.person_id = pairs.person_id
        anti join mart.points own
            on own.owner_id = pairs.owner_id and own.person_id = pairs.other_id
            and own.back = 0 and own.two_way
    ),
    each_one as (
        select
            dozen.owner_id,
            dozen.place,
            dozen.person_id,
            any_value(dozen.name) as name,
            count(reached.other_id) as seen,
            count(distinct lower(people.company)) as employers,
            count(*) filter (reached.by_how_many > 1) as shared,
            case when count(reached.other_id) > 0
                then count(*) filter (reached.by_how_many > 1) / count(reached.other_id)
            end as overlap
        from dozen
        left join reached
            on reached.owner_id = dozen.owner_id and reached.person_id = dozen.person_id
        left join people on people.person_id = reached.other_id
        group by dozen.owner_id, dozen.place, dozen.person_id
    ),
    together as (
        select
            reached.owner_id,
            count(distinct reached.other_id) as seen,
            count(distinct lower(people.company)) as employers,
            count(distinct reached.other_id) filter (reached.by_how_many > 1) as shared
        from reached
        join people on people.person_id = reached.other_id
        group by reached.owner_id
    ),
    all_of_them as (
        select owner_id, count(*) as size, avg(overlap) as overlap
        from each_one
        group by owner_id
    ),
    lines as (
        select
            a.owner_id,
            0 as place,
            null::integer as person_id,
            'all of them' as name,
            a.size * knob.reach as nominal,
            coalesce(t.seen, 0) as seen,
            coalesce(t.employers, 0) as employers,
            coalesce(t.shared, 0) as shared,
            case when t.seen >= knob.least_seen then a.overlap end as overlap
        from all_of_them a
        cross join knob
        left join together t on t.owner_id = a.owner_id
        union all
        select
            owner_id,
            place,
            person_id,
            name,
            knob.reach,
            seen,
            employers,
            shared,
            case when seen >= knob.least_seen then overlap end
        from each_one cross join knob
    )
select
    owner_id,
    person_id,
    name,
    nominal::integer as nominal,
    seen,
    employers,
    shared,
    round(overlap, 4) as overlap,
    round(nominal * (1 - coalesce(overlap, 0)), 1) as estimate
from lines
order by owner_id, place
