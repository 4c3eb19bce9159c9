-- question: Do I spend my time with people above, beside or below me?
-- columns:
--   owner_id: see owners
--   standing: above, level, below, or unknown (no title there, or none of yours)
--   people: ties with that standing
--   share: share of all ties
--   days: contact days with them in the last 365
--   days_share: share of all contact days
--   your_level: level of your own title, from 1 to 8; null if unknown
--   names: the strongest five
--   name_ids: the same as numbers, see people
-- source: the digest: de-layer; Hargreaves: ignore status; levels from the words of the title, see thresholds
-- limits: titles lie across firms; your own is taken from your profile, else from your latest position
with
    profile as (
        select contacts.owner_id, max(title_levels.level) as level
        from contacts
        join people using (person_id)
        join mart.title_levels on title_levels.title = people.title
        where contacts.relation = 'self'
        group by contacts.owner_id
    ),
    latest as (
        select
            stages.owner_id,
            arg_max(title_levels.level, (stages.ended is null, stages.started, stages.stage_id))
                as level
        from raw.stages
        join mart.title_levels on title_levels.title = stages.title
        where stages.kind = 'position'
        group by stages.owner_id
    ),
    compared as (
        select
            ties.owner_id,
            ties.name,
            ties.person_id,
            ties.strength,
            coalesce(y.days, 0) as days,
            coalesce(profile.level, latest.level) as own_level,
            case
                when title_levels.level > coalesce(profile.level, latest.level) then 'above'
                when title_levels.level = coalesce(profile.level, latest.level) then 'level'
                when title_levels.level < coalesce(profile.level, latest.level) then 'below'
                else 'unknown'
            end as standing
        from ties
        join people using (person_id)
        left join mart.title_levels on title_levels.title = people.title
        left join profile on profile.owner_id = ties.owner_id
        left join latest on latest.owner_id = ties.owner_id
        left join mart.year_days y
            on y.owner_id = ties.owner_id and y.person_id = ties.person_id and y.years_back = 0
        where ties.class <> 'card'
    ),
    placed as (
        select
            *,
            row_number() over (
                partition by owner_id, standing order by strength desc, person_id
            ) as place
        from compared
    ),
    counted as (
        select
            owner_id,
            standing,
            any_value(own_level) as own_level,
            count(*) as people,
            sum(days)::bigint as days,
            list(name order by place) filter (place <= 5) as names,
            list(person_id order by place) filter (place <= 5) as name_ids
        from placed
        group by owner_id, standing
    )
select
    owner_id,
    standing,
    people,
    round(people / sum(people) over (partition by owner_id), 4) as share,
    days,
    case when sum(days) over (partition by owner_id) > 0
        then round(days / sum(days) over (partition by owner_id), 4)
    end as days_share,
    own_level as your_level,
    names,
    name_ids
from counted
order by
    owner_id,
    case standing when 'above' then 1 when 'level' then 2 when 'below' then 3 else 4 end
