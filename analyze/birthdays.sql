-- question: Whom could I congratulate soon, and did I do so last time?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   ring: see ties
--   why: birthday, new_job (company or title changed between two exports) or birthday_unknown (rings 1 and 2)
--   date: the day to write; null where it is unknown
--   what: age or new job, as far as known
--   said_last_time: you wrote around the last birthday, or since the new job; null where there was none in the data
-- source: Sonnenberg and others: birthdays, congratulations, seasons
-- limits: a greeting by voice or on paper is not seen; 29 February is kept on the 28th in other years
with
    knob as (
        select
            max(value) filter (name = 'dates_ahead_days') as ahead,
            max(value) filter (name = 'news_days') as news
        from thresholds
    ),
    near as (
        select
            ties.owner_id,
            ties.person_id,
            ties.name,
            ties.ring,
            people.birthday,
            now.day as today,
            now.began_day,
            now.offset_us,
            year(date '1970-01-01' + now.day) as this_year,
            try_cast(substr(people.birthday, -5, 2) as integer) as month,
            try_cast(substr(people.birthday, -2, 2) as integer) as day,
            try_cast(substr(people.birthday, 1, 4) as integer) as born
        from ties
        join people using (person_id)
        join mart.now on now.owner_id = ties.owner_id
        where ties.ring <= 4
    ),
    turns as (
        select
            near.*,
            (make_date(
                near.this_year + step.years,
                near.month,
                least(near.day, day(last_day(make_date(near.this_year + step.years, near.month, 1))))
            ) - date '1970-01-01')::integer as turn,
            near.this_year + step.years - near.born as age
        from near
        cross join (values (-1), (0), (1)) step (years)
        where near.month between 1 and 12 and near.day between 1 and 31
    ),
    coming as (
        select
            turns.*,
            (turns.turn - lag(turns.turn) over (
                partition by turns.owner_id, turns.person_id order by turns.turn
            ))::integer as year_days
        from turns
    ),
    due as (
        select
            coming.owner_id,
            coming.person_id,
            coming.name,
            coming.ring,
            'birthday' as why,
            coming.turn as on_day,
            case when coming.age between 1 and 120 then 'turns ' || coming.age end as what,
            coming.turn - coming.year_days as from_day,
            coming.turn - coming.year_days - 1 as since,
            coming.turn - coming.year_days + 3 as until,
            coming.began_day
        from coming cross join knob
        where coming.turn between coming.today and coming.today + knob.ahead
            and coming.year_days is not null
        union all
        select
            near.owner_id,
            near.person_id,
            near.name,
            near.ring,
            'new_job',
            max((epoch_us(changes.noticed_at) + near.offset_us) // 86400000000)::integer,
            string_agg(changes.new, ', ' order by changes.field, changes.new),
            near.began_day,
            max((epoch_us(changes.noticed_at) + near.offset_us) // 86400000000)::integer,
            -- An export is made after the last word in it.
            greatest(
                max(near.today),
                max((epoch_us(changes.noticed_at) + near.offset_us) // 86400000000)::integer
            ),
            near.began_day
        from near
        join changes on changes.person_id = near.person_id
        join contacts
            on contacts.contact_id = changes.contact_id and contacts.owner_id = near.owner_id
        cross join knob
        where changes.field in ('company', 'title') and changes.new is not null
            and near.today - (epoch_us(changes.noticed_at) + near.offset_us) // 86400000000
                <= knob.news
        group by all
    )
select
    due.owner_id,
    due.person_id,
    due.name,
    due.ring,
    due.why,
    date '1970-01-01' + due.on_day as date,
    due.what,
    case when due.from_day >= due.began_day then exists (
        select 1
        from mart.contact_days d
        where d.owner_id = due.owner_id and d.person_id = due.person_id
            and d.direction = 'out' and d.day between due.since and due.until
    ) end as said_last_time
from due
union all
select owner_id, person_id, name, ring, 'birthday_unknown', null, null, null
from near
where birthday is null and ring <= 2
order by owner_id, date nulls last, ring, person_id
