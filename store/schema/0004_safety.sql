-- What taking an import back and forgetting a person need to know.

create table raw.event_sightings (
    event_id bigint not null,
    file_id integer not null
);
comment on table raw.event_sightings is 'Which further files showed an event, beside the one in raw.events.';
comment on column raw.event_sightings.event_id is 'See raw.events.';
comment on column raw.event_sightings.file_id is 'See raw.files.';

create table raw.stage_sightings (
    stage_id bigint not null,
    file_id integer not null
);
comment on table raw.stage_sightings is 'Which further files showed a stretch of the owner''s history, beside the one in raw.stages.';
comment on column raw.stage_sightings.stage_id is 'See raw.stages.';
comment on column raw.stage_sightings.file_id is 'See raw.files.';

create table core.person_journal (
    import_id integer not null,
    contact_id bigint not null,
    person_id integer
);
comment on table core.person_journal is 'Which person a contact was before an import moved it: what undo goes back to.';
comment on column core.person_journal.import_id is 'The import.';
comment on column core.person_journal.contact_id is 'See contacts.';
comment on column core.person_journal.person_id is 'The person before; null if the contact was new.';

create table core.owner_journal (
    import_id integer not null,
    owner_id integer not null,
    name varchar,
    is_given boolean not null,
    region varchar
);
comment on table core.owner_journal is 'The owners as they were before an import: what undo goes back to.';
comment on column core.owner_journal.import_id is 'The import.';
comment on column core.owner_journal.owner_id is 'See owners.';
comment on column core.owner_journal.name is 'The name before.';
comment on column core.owner_journal.is_given is 'It was given with --owner.';
comment on column core.owner_journal.region is 'The country of phone numbers before; null if none was stated.';

create table core.forgotten (mark varchar primary key);
comment on table core.forgotten is 'Who is kept out of imports: keyed digests of identifiers and names, nothing readable.';
comment on column core.forgotten.mark is 'HMAC-SHA256 of one identifier or name.';

-- Imports made before this file did not note which later file showed an event again.
insert into core.settings
select 0, 'sightings_from', (max(import_id) + 1)::varchar
from main.imports
having max(import_id) is not null;

-- The words of a text without case and accents, and the same in alphabetical order: one name written in
-- two orders is one name.
create macro core.words_of(t) as
    regexp_extract_all(strip_accents(lower(nfc_normalize(t))), '[\p{L}\p{N}]+');
create macro core.words_key(t) as nullif(array_to_string(list_sort(core.words_of(t)), ' '), '');

-- What tells that two rows are about one person, as tokens: kind, colon, value.
create macro core.url_key(t) as
    regexp_replace(lower(trim(t)), '^([a-z]+://)?(www\.)?([^?#]*?)/*([?#].*)?$', '\3');
create macro core.digits_key(t) as
    case when length(regexp_replace(t, '\D', '', 'g')) >= 7
        then right(regexp_replace(t, '\D', '', 'g'), 9) end;
create macro core.point_token(k, t) as
    case k
        when 'email' then 'e:' || lower(trim(t))
        when 'phone' then 'p:' || core.digits_key(t)
        when 'url' then 'u:' || core.url_key(t)
        when 'handle' then 'h:' || lower(trim(t))
    end;
create macro core.address_token(t) as
    case
        when t like '%@%' then 'e:' || lower(trim(t))
        when t like 'http%' then 'u:' || core.url_key(t)
        when regexp_full_match(t, '[-+0-9 ().]+') then 'p:' || core.digits_key(t)
    end;
