-- Entries of one file into raw: a version that is known is only sighted again. The owner's own
-- entries are one contact per source, however many files tell of the owner.
create or replace temp table merged_entries as
with keyed as (
    select * replace (case when relation = 'self' then 'self' else source_key end as source_key)
    from stage_entries
)
select distinct on (entry_id)
    core.stable_id(concat_ws('|', getvariable('nw').owner, getvariable('nw').list,
        to_json(keyed)::varchar)) as entry_id,
    core.stable_id(concat_ws('|', getvariable('nw').owner, getvariable('nw').source,
        source_key)) as contact_id,
    keyed.*
from keyed;

insert into raw.entries by name
select
    getvariable('nw').owner as owner_id,
    getvariable('nw').source as source,
    getvariable('nw').list as list,
    m.*
from merged_entries m
where m.entry_id not in (select entry_id from raw.entries);

insert into raw.sightings
select entry_id, getvariable('nw').file from merged_entries;
