-- The short texts about these people in these fields.
-- Parameters: ids, fields.
with
    wanted as (
        select person_id, field, text, "at", event_id
        from mart.passages
        where person_id in (select unnest($ids::integer[]))
            and field in (select unnest($fields::varchar[]))
    ),
    told as (
        select event_id, text, "at"
        from raw.events
        where event_id in (select event_id from wanted)
    )
select wanted.person_id, wanted.field, coalesce(wanted.text, told.text) as text,
    coalesce(wanted."at", told."at") as "at"
from wanted
left join told using (event_id)
where coalesce(wanted.text, told.text) is not null
order by wanted.person_id, wanted.field, "at" desc nulls last, text
