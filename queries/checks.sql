-- Every promise of the database, how often it is broken, and where first. Examples are numbers and
-- words of the schema, never names.
with checks(place, id) as (
    select 1, file_id::varchar
    from source_files
    where rows_read <> rows_loaded + rows_unchanged + rows_rejected
    union all
    select 2, i.import_id::varchar
    from imports i
    left join (
        select import_id, count(*) as files, sum(rows_read) as rows_read,
            sum(rows_loaded) as rows_loaded, sum(rows_unchanged) as rows_unchanged,
            sum(rows_rejected) as rows_rejected
        from source_files
        group by import_id
    ) f using (import_id)
    where (i.files, i.rows_read, i.rows_loaded, i.rows_unchanged, i.rows_rejected)
        is distinct from (f.files, f.rows_read, f.rows_loaded, f.rows_unchanged, f.rows_rejected)
    union all
    select 3, s.file_id::varchar
    from source_files s
    left join (select file_id, count(*) as n from rejects group by file_id) r using (file_id)
    where s.status = 'loaded' and s.rows_rejected <> coalesce(r.n, 0)
    union all
    select 4, file_id::varchar
    from source_files
    where status not in ('loaded', 'unchanged', 'ignored', 'unrecognised', 'failed')
        or (status in ('ignored', 'unrecognised', 'failed') and message is null)
    union all
    select 5, id
    from (
        select file_id::varchar as id from source_files
        where import_id not in (select import_id from imports)
        union all
        select file_id::varchar from rejects
        where file_id not in (select file_id from source_files)
    )
    union all
    select 6, import_id::varchar
    from imports
    where finished_at is null or owner_id not in (select owner_id from owners)
    union all
    select 7, id
    from (
        select 'file ' || file_id as id from raw.files
        where file_id not in (select file_id from source_files where status = 'loaded')
        union all
        select 'entry ' || entry_id from raw.entries
        where entry_id not in (select entry_id from raw.sightings)
        union all
        select 'sighting ' || entry_id from raw.sightings
        where entry_id not in (select entry_id from raw.entries)
            or file_id not in (select file_id from raw.files)
        union all
        select 'event ' || event_id from raw.events
        where file_id not in (select file_id from raw.files)
        union all
        select 'event sighting ' || event_id from raw.event_sightings
        where event_id not in (select event_id from raw.events)
            or file_id not in (select file_id from raw.files)
        union all
        select 'stage ' || stage_id from raw.stages
        where file_id not in (select file_id from raw.files)
        union all
        select 'thread of file ' || file_id from raw.threads
        where file_id not in (select file_id from raw.files)
        union all
        select 'name in file ' || file_id from raw.party_names
        where file_id not in (select file_id from raw.files)
    )
    union all
    select 8, file_id::varchar
    from source_files
    where status = 'loaded' and file_id not in (select file_id from raw.files)
    union all
    select 9, id
    from (
        select 'entry ' || entry_id as id from raw.entries group by entry_id having count(*) > 1
        union all
        select 'event ' || event_id from raw.events group by event_id having count(*) > 1
        union all
        select 'contact ' || contact_id from contacts group by contact_id having count(*) > 1
        union all
        select 'interaction ' || interaction_id from core.interactions
        group by interaction_id having count(*) > 1
        union all
        select 'person ' || person_id from people group by person_id having count(*) > 1
    )
    union all
    select 10, contact_id::varchar
    from contacts
    where owner_id not in (select owner_id from owners)
        or relation not in ('self', 'connection', 'friend', 'card', 'address_book', 'following',
            'follower', 'correspondent', 'invited', 'removed', 'group', 'organisation')
    union all
    select 11, contact_id::varchar
    from contacts
    where (relation not in ('group', 'organisation'))
        is distinct from coalesce(person_id in (select person_id from people), false)
    union all
    select 12, p.person_id::varchar
    from people p
    left join (select person_id, count(*) as n from contacts group by person_id) c using (person_id)
    where p.contacts is distinct from c.n
    union all
    select 13, contact_id::varchar
    from contact_points
    where contact_id not in (select contact_id from contacts)
        or kind not in ('email', 'phone', 'url', 'handle', 'address')
    union all
    select 14, i.interaction_id::varchar
    from core.interactions i
    left join contacts c using (contact_id)
    where c.contact_id is null
        or c.person_id is distinct from i.person_id
        or i.event_id not in (select event_id from raw.events)
        or i.file_id not in (select file_id from source_files)
    union all
    select 15, interaction_id::varchar
    from core.interactions
    where direction not in ('in', 'out', 'mutual') or thread_size < 2
    union all
    select 16, contact_a::varchar
    from matches
    where contact_a not in (select contact_id from contacts)
        or contact_b not in (select contact_id from contacts)
        or contact_a >= contact_b
        or verdict not in ('same', 'unsure', 'different')
        or decided_by not in ('rule', 'model', 'user')
        or not coalesce(score between 0 and 1, true)
    union all
    select 17, c.contact_id::varchar
    from contacts c
    left join core.person_of p using (contact_id)
    where c.person_id is not null and p.person_id is distinct from c.person_id
    union all
    select 18, person_id::varchar
    from ties
    where person_id not in (select person_id from people)
        or class not in ('inner', 'strong', 'weak', 'dormant', 'card')
    union all
    select 19, mark
    from core.forgotten
    where not regexp_full_match(mark, '[0-9a-f]{64}')
),
promises(place, promise) as (
    values
    (1, 'every file: rows read = loaded + unchanged + rejected'),
    (2, 'every import: its counts are those of its files'),
    (3, 'every file that was loaded: each row that was not read stands in rejects'),
    (4, 'every file has one of the five states, and a reason where it was not read'),
    (5, 'every file belongs to an import, every reject to a file'),
    (6, 'every import has ended and belongs to an owner'),
    (7, 'every row of raw comes from a file that was read'),
    (8, 'every file that was loaded is known by its content'),
    (9, 'entries, events, contacts and interactions stand once'),
    (10, 'every contact has a known relation and an owner'),
    (11, 'every contact that is no group and no organisation is a person'),
    (12, 'every person counts its contacts'),
    (13, 'every contact point belongs to a contact and has a known kind'),
    (14, 'every interaction has a contact, its person, its event and its file'),
    (15, 'every interaction goes in, out or both ways, among two or more'),
    (16, 'every match is between two contacts and has a verdict'),
    (17, 'every person_id of a contact is remembered'),
    (18, 'every tie is with a person and has a known class'),
    (19, 'nobody who was forgotten is named by a mark')
)
select p.promise, count(c.id) as broken, min(c.id) as example
from promises p
left join checks c using (place)
group by p.place, p.promise
order by p.place
