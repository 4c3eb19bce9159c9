-- The rows of a run into raw. What is known already adds nothing; who loaded what is counted by
-- the caller from the temporary tables fresh_entries, new_events and new_stages.

-- Entries: a version that is known is only sighted again. The owner's own entries are one contact
-- per source, however many files tell of the owner.
create or replace temp table merged_entries as
with keyed as (
    select s.* replace (
            case when s.relation = 'self' then 'self' else s.source_key end as source_key),
        f.owner_id, f.source, f.list
    from stage_entries s
    join stage_files f using (file_id)
)
select
    core.stable_id(concat_ws('|', owner_id, list,
        to_json(struct_pack(source_key, relation, full_name, given_name, family_name, nickname,
            company, title, birthday, location, profile_url, connected_at, note, as_of, points,
            raw))::varchar)) as entry_id,
    core.stable_id(concat_ws('|', owner_id, source, source_key)) as contact_id,
    keyed.*
from keyed;

create or replace temp table new_entries as
select distinct on (entry_id) *
from merged_entries
where entry_id not in (select entry_id from raw.entries)
order by entry_id, file_id;

insert into raw.entries by name
select * exclude (file_id) from new_entries;

insert into raw.sightings
select distinct entry_id, file_id from merged_entries;

-- Events: the same event from an older, newer or larger export has the same natural key.
-- Which rows are new is found without their texts: sorting and copying those is dear.
create or replace temp table new_events as
with keyed as (
    select
        coalesce(
            s.event_id, core.stable_id(concat_ws('|', f.owner_id, f.source, s.kind, s."key"))
        ) as event_id,
        s.file_id,
        s.rowid as staged
    from stage_events s
    join stage_files f using (file_id)
)
select event_id, min(file_id) as file_id, arg_min(staged, (file_id, staged)) as staged
from keyed
where event_id not in (select event_id from raw.events)
group by event_id;

create or replace temp view told_events as
select n.event_id, f.owner_id, f.source, s.* exclude (place, "key", event_id)
from new_events n
join stage_events s on s.rowid = n.staged
join stage_files f on f.file_id = s.file_id;

-- Blanks are cut off only where there may be some: trim is dear.
insert into raw.events by name
with trimmed as (
    select
        *,
        case
            when text between '!' and '~' and text[-1] between '!' and '~' then text
            else trim(text)
        end as said
    from told_events
)
select
    * exclude (said) replace (
        case when getvariable('nw_keep_text') then text end as text,
        coalesce(one_click, false) as one_click,
        coalesce(
            words,
            case when said <> '' then strlen(said) - strlen(replace(said, ' ', '')) + 1 else 0 end
        ) as words),
    case when not getvariable('nw_keep_text') then core.text_key(text) end as text_hash
from trimmed;

-- The owner's own history, each stretch once.
create or replace temp table new_stages as
with keyed as (
    select
        core.stable_id(concat_ws('|', f.owner_id, f.source,
            to_json(struct_pack(s.kind, s.organisation, s.title, s.started, s.ended))::varchar))
            as stage_id,
        f.owner_id,
        f.source,
        s.*
    from stage_stages s
    join stage_files f using (file_id)
)
select distinct on (stage_id) *
from keyed
where stage_id not in (select stage_id from raw.stages)
order by stage_id, file_id;

insert into raw.stages by name
select * from new_stages;

-- Conversations, as each file describes them: taking one file back leaves the others' word.
insert into raw.threads by name
select distinct f.owner_id, f.source, s.*
from stage_threads s
join stage_files f using (file_id);

-- Who is called what by which file, also in events that another file told first.
insert into raw.party_names
select f.owner_id, f.source, n.one."key", n.one.name, max(n."at"), n.file_id
from (
    select file_id, party as one, "at" from stage_events
    union all
    select file_id, unnest(recipients), "at" from stage_events
    union all
    select file_id, unnest(members), null from stage_threads
) n
join stage_files f using (file_id)
where n.one."key" is not null and n.one.name is not null
group by all;

insert into main.rejects by name
select * from stage_rejects;
