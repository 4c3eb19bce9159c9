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
    active as (
        select
            i.owner_id,
            i.source,
            i.at as moment,
            i.kind,
            epoch_us(i.at)
                - lag(epoch_us(i.at)) over (partition by i.owner_id, i.source order by i.at)
                as pause_us
        from core.interactions i
        where i.at is not null and i.person_id is not null
    ),
    spoken as (
        select
            owner_id,
            source,
            count(*) as interactions,
            count(*) filter (kind in ('message', 'call', 'meeting')) as talk,
            min(moment) as first_at,
            max(moment) as last_at,
            max(moment) filter (kind in ('message', 'call', 'meeting')) as last_talk_at,
            floor(max(pause_us) / 8.64e10)::integer as longest_gap_days
        from active
        group by owner_id, source
    ),
    readers as (
        select
            files.owner_id,
            files.importer,
            i.source,
            bool_or(i.kind in ('message', 'call', 'meeting')) as reads_talk
        from raw.files
        join core.interactions i on i.file_id = files.file_id and i.owner_id = files.owner_id
        group by files.owner_id, files.importer, i.source
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
