-- The owner's own history into raw, each stretch once.
insert into raw.stages by name
with keyed as (
    select
        core.stable_id(concat_ws('|', getvariable('nw').owner, getvariable('nw').source,
            to_json(s)::varchar)) as stage_id,
        s.*
    from stage_stages s
)
select distinct on (stage_id)
    stage_id,
    getvariable('nw').owner as owner_id,
    getvariable('nw').source as source,
    kind,
    organisation,
    title,
    started,
    ended,
    getvariable('nw').file as file_id
from keyed
where stage_id not in (select stage_id from raw.stages);
