-- question: Who lifts me, and who drains me?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   energy: your own tag, -2 to 2
--   days: contact days in the last 365
--   share: of all days with people you tagged
--   drained_share: for energy below 0: share of all drained days; else null
--   among_fewest: belongs to the fewest people who make up nine tenths of the drained days
--   people_share: for these: how large a part they are of all people you were in contact with; Cross & Thomas say 0.05
-- source: Cross, Baker & Parker 2003; Cross & Thomas 2011
-- limits: your own tags only (notworking audit, or tag energy:-1 ...), never guessed from words
with
    knob as (
        select max(value) filter (name = 'energy_cover') as cover from thresholds
    ),
    tagged as (
        select person_id, arg_max(try_cast(substr(tag, 8) as integer), (noted_at, tag)) as energy
        from tags
        where tag like 'energy:%' and try_cast(substr(tag, 8) as integer) between -2 and 2
        group by person_id
    ),
    met as (
        select owner_id, person_id, days from mart.year_days where years_back = 0
    ),
    counted as (
        select
            ties.owner_id,
            ties.person_id,
            ties.name,
            tagged.energy,
            coalesce(met.days, 0) as days,
            tagged.energy < 0 as drains
        from tagged
        join ties on ties.person_id = tagged.person_id
        left join met on met.owner_id = ties.owner_id and met.person_id = ties.person_id
    ),
    summed as (
        select
            *,
            sum(days) over (partition by owner_id) as all_days,
            sum(days) over (partition by owner_id, drains) as side_days,
            coalesce(sum(days) over (
                partition by owner_id, drains order by days desc, person_id
                rows between unbounded preceding and 1 preceding
            ), 0) as before
        from counted
    ),
    sizes as (
        select owner_id, count(*) as people from met group by owner_id
    ),
    judged as (
        select
            summed.*,
            summed.drains and summed.days > 0 and summed.before < knob.cover * summed.side_days
                as among_fewest
        from summed cross join knob
    )
select
    judged.owner_id,
    judged.person_id,
    judged.name,
    judged.energy,
    judged.days,
    case when judged.all_days > 0 then round(judged.days / judged.all_days, 4) end as share,
    case when judged.drains and judged.side_days > 0
        then round(judged.days / judged.side_days, 4)
    end as drained_share,
    judged.among_fewest,
    case when judged.among_fewest
        then round(
            count(*) filter (judged.among_fewest) over (partition by judged.owner_id)
            / sizes.people, 4)
    end as people_share
from judged
left join sizes on sizes.owner_id = judged.owner_id
order by judged.owner_id, judged.energy, judged.days desc, judged.person_id
