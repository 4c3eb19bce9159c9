-- What was written with these people on these days; of a day with very many messages the latest.
-- Where several owners pool their exports, only the messages of the one who asks are quoted, whom
-- the variable asking_owner names.
-- Parameters: ids, days (one day for each id).
with
    wanted as (
        select distinct person_id, day::timestamptz as begins, (day + 1)::timestamptz as ends
        from (select unnest($ids::integer[]) as person_id, unnest($days::date[]) as day)
    ),
    spoken as (
        select i.person_id, i.event_id, i."at"
        from core.interactions i
        join wanted
            on wanted.person_id = i.person_id
            and i."at" >= wanted.begins and i."at" < wanted.ends
        where (
                i.owner_id = getvariable('asking_owner')::integer
                or (select count(*) from owners) = 1
            )
            and not i.one_click and (i.direction <> 'out' or i.thread_size = 2)
        qualify row_number() over (partition by i.person_id order by i."at" desc, i.event_id) <= 50
    ),
    told as (
        select event_id, text
        from raw.events
        where event_id in (select event_id from spoken) and text is not null
    )
select spoken.person_id, spoken."at", told.text
from spoken
join told using (event_id)
order by spoken.person_id, spoken."at" desc, spoken.event_id
