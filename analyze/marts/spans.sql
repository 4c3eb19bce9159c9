-- question: Which stretch of time does each source cover, and could it show talk at all?
-- columns:
--   owner_id: see owners
--   source: see contacts
--   label: the source in words for people
--   contacts: entries in it
--   interactions: interactions in it
--   talk: messages, calls and meetings among them
--   shows_talk: at least one of these, so that silence in it means something
--   first_at: earliest interaction
--   last_at: latest interaction
--   ends_at: last moment at which it could have shown talk (or whatever it shows): the day of that export, or the latest of it; null if it shows no interaction
--   longest_gap_days: longest time without any interaction
-- source: definition
with
    -- By days, since a pause within one is no day long.
    active as (
        select
            i.owner_id,
            i.source,
            epoch_us(i.at) // 86400000000 as day,
            count(*) as interactions,
            count(*) filter (i.kind in ('message', 'call', 'meeting')) as talk,
            min(i.at) as first_at,
            max(i.at) as last_at,
            max(i.at) filter (i.kind in ('message', 'call', 'meeting')) as last_talk_at
        from core.interactions i
        where i.at is not null and i.person_id is not null
        group by all
    ),
    paused as (
        select
            *,
            epoch_us(first_at)
                - epoch_us(lag(last_at) over (partition by owner_id, source order by day))
                as pause_us
        from active
    ),
    spoken as (
        select
            owner_id,
            source,
            sum(interactions)::bigint as interactions,
            sum(talk)::bigint as talk,
            min(first_at) as first_at,
            max(last_at) as last_at,
            max(last_talk_at) as last_talk_at,
            case when sum(interactions) > 1
                then floor(coalesce(max(pause_us), 0) / 8.64e10)::integer
            end as longest_gap_days
        from paused
        group by owner_id, source
    ),
    told as (
        select distinct owner_id, file_id, source, kind from core.interactions
    ),
    readers as (
        select
            files.owner_id,
            files.importer,
            told.source,
            bool_or(told.kind in ('message', 'call', 'meeting')) as reads_talk
        from raw.files
        join told on told.file_id = files.file_id and told.owner_id = files.owner_id
        group by files.owner_id, files.importer, told.source
    ),
    -- A file that says no date itself is as new as the newest beside it in the same export.
    dated as (
        select
            files.owner_id,
            files.importer,
            max(files.as_of) over (
                partition by
                    files.owner_id,
                    split_part(files.importer, '.', 1),
                    coalesce(given.import_id, -files.file_id),
                    case when contains(given.path, '/') then split_part(given.path, '/', 1) end
            ) as as_of
        from raw.files
        left join main.source_files given on given.file_id = files.file_id
    ),
    exported as (
        select
            readers.owner_id,
            readers.source,
            coalesce(max(dated.as_of) filter (readers.reads_talk), max(dated.as_of)) as as_of
        from readers
        join dated on dated.owner_id = readers.owner_id and dated.importer = readers.importer
        group by readers.owner_id, readers.source
    ),
    listed as (
        select owner_id, source, count(*) as contacts
        from main.contacts
        where relation not in ('self', 'group', 'organisation')
        group by owner_id, source
    )
select
    owner_id,
    source,
    labels.label,
    coalesce(listed.contacts, 0) as contacts,
    coalesce(spoken.interactions, 0) as interactions,
    coalesce(spoken.talk, 0) as talk,
    coalesce(spoken.talk, 0) > 0 as shows_talk,
    spoken.first_at,
    spoken.last_at,
    case when spoken.interactions > 0 then
        least(now.at, greatest(coalesce(spoken.last_talk_at, spoken.last_at), exported.as_of))
    end as ends_at,
    spoken.longest_gap_days
from listed
full join spoken using (owner_id, source)
left join exported using (owner_id, source)
left join mart.labels using (source)
left join mart.now using (owner_id)
