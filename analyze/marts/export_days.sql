-- question: Of which days are the exports of each source?
-- columns:
--   owner_id: see owners
--   source: see contacts
--   day: day of the export, in days since 1970: its name, its archive, or the newest date in it
--   place: 1 for the newest export of this source, 2 for the one before, and so on
--   is_previous: the one with which the newest of this source is compared: the last that is older by more than same_export_days
-- source: definition
-- limits: what lies in one archive, or in one folder given to import, is one export; a content that was read before makes no further one
with
    knob as (
        select max(value) filter (name = 'same_export_days') as same_export from main.thresholds
    ),
    exports as (
        select
            files.owner_id,
            coalesce(given.source, split_part(files.importer, '.', 1)) as source,
            max(files.as_of) as made_at
        from raw.files
        left join main.source_files given on given.file_id = files.file_id
        where isfinite(files.as_of)
        group by
            files.owner_id,
            coalesce(given.source, split_part(files.importer, '.', 1)),
            coalesce(given.import_id, -files.file_id),
            coalesce(
                nullif(regexp_extract(given.path, '^(.*\.zip)/', 1, 'i'), ''),
                case when contains(given.path, '/') then split_part(given.path, '/', 1) end
            )
    ),
    days as (
        select distinct
            exports.owner_id,
            exports.source,
            ((epoch_us(exports.made_at) + now.offset_us) // 86400000000)::integer as day
        from exports
        join mart.now on now.owner_id = exports.owner_id
    ),
    placed as (
        select
            days.*,
            row_number() over newest_first as place,
            max(day) over of_source - day > knob.same_export as is_older
        from days cross join knob
        window
            newest_first as (partition by owner_id, source order by day desc),
            of_source as (partition by owner_id, source)
    )
select
    owner_id,
    source,
    day,
    place,
    is_older
        and day = max(day) filter (is_older) over (partition by owner_id, source) as is_previous
from placed
