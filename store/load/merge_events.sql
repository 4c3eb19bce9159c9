-- Events of one file into raw, each once: the same event from an older, newer or larger export has
-- the same natural key.
insert into raw.events by name
with keyed as (
    select
        core.stable_id(concat_ws('|', getvariable('nw').owner, getvariable('nw').source, kind,
            "key")) as event_id,
        *
    from stage_events
),
fresh as (
    select distinct on (event_id) *
    from keyed
    where event_id not in (select event_id from raw.events)
)
select
    event_id,
    getvariable('nw').owner as owner_id,
    getvariable('nw').source as source,
    kind,
    party,
    direction,
    recipients,
    thread_key,
    thread_size,
    "at",
    case when trim(text) <> '' then length(trim(text)) - length(replace(trim(text), ' ', '')) + 1
        else 0 end as words,
    case when not getvariable('nw').keep_text then core.text_key(text) end as text_hash,
    case when getvariable('nw').keep_text then text end as text,
    coalesce(one_click, false) as one_click,
    getvariable('nw').file as file_id
from fresh;
