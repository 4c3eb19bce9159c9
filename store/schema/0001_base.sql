-- The first schema. Published names stand in main (see docs/database.md); raw holds what files
-- said, core what is derived from it, mart what analyses share. Everything outside raw, main.tags,
-- main.notes, main.decisions and main.thresholds can be rebuilt from raw.

create schema raw;
create schema core;
create schema mart;

create table core.schema_version (version integer not null);
comment on table core.schema_version is 'Schema files that were applied.';
comment on column core.schema_version.version is 'Number of the file.';

create table main.owners (
    owner_id integer primary key,
    name varchar,
    is_given boolean not null default false
);
comment on table main.owners is 'The people whose exports are read (you, or several who pool theirs).';
comment on column main.owners.owner_id is 'Number of the owner in this database.';
comment on column main.owners.is_given is 'The name was given with --owner.';
comment on column main.owners.name is 'Name as given with --owner, else as the exports say; null while no file said.';

create table main.imports (
    import_id integer primary key,
    owner_id integer not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    version varchar not null,
    files integer not null default 0,
    rows_read bigint not null default 0,
    rows_loaded bigint not null default 0,
    rows_unchanged bigint not null default 0,
    rows_rejected bigint not null default 0
);
comment on table main.imports is 'One row per run of the import command.';
comment on column main.imports.import_id is 'Number of the run, counting up.';
comment on column main.imports.owner_id is 'Whose exports were read.';
comment on column main.imports.started_at is 'When the run began (UTC).';
comment on column main.imports.finished_at is 'When the run ended (UTC).';
comment on column main.imports.version is 'Version of notworking that made the run.';
comment on column main.imports.files is 'Files met, archive members counted one by one.';
comment on column main.imports.rows_read is 'Rows, cards and records met.';
comment on column main.imports.rows_loaded is 'Of these, new to the database.';
comment on column main.imports.rows_unchanged is 'Of these, already known.';
comment on column main.imports.rows_rejected is 'Of these, not readable or nobody''s: see rejects.';

create table main.source_files (
    file_id integer primary key,
    import_id integer not null,
    path varchar not null,
    sha256 varchar,
    bytes bigint,
    source varchar,
    kind varchar,
    status varchar not null,
    rows_read bigint not null default 0,
    rows_loaded bigint not null default 0,
    rows_unchanged bigint not null default 0,
    rows_rejected bigint not null default 0,
    message varchar
);
comment on table main.source_files is 'Every file given to an import, and what became of it. For every row: rows_read = rows_loaded + rows_unchanged + rows_rejected.';
comment on column main.source_files.file_id is 'Number of the file, counting up over all imports.';
comment on column main.source_files.import_id is 'The run that met it.';
comment on column main.source_files.path is 'Path relative to what was given; an archive member follows its archive.';
comment on column main.source_files.sha256 is 'Digest of the content; null if it could not be read.';
comment on column main.source_files.bytes is 'Size of the content in bytes.';
comment on column main.source_files.source is 'Kind of export: linkedin, facebook, messenger, instagram, vcard, google, outlook, csv ...';
comment on column main.source_files.kind is 'Kind of file: the importer, or the name of the kind that is ignored.';
comment on column main.source_files.status is 'loaded, unchanged (same content read before), ignored (known, not about relationships), unrecognised or failed.';
comment on column main.source_files.rows_read is 'Rows, cards and records in it.';
comment on column main.source_files.rows_loaded is 'Of these, new to the database.';
comment on column main.source_files.rows_unchanged is 'Of these, already known.';
comment on column main.source_files.rows_rejected is 'Of these, not readable or nobody''s: see rejects.';
comment on column main.source_files.message is 'What there is to say about the file, in words.';

create table main.rejects (
    file_id integer not null,
    place varchar not null,
    reason varchar not null,
    raw varchar
);
comment on table main.rejects is 'Rows, cards and files that could not be read, or are for a stated reason nobody''s.';
comment on column main.rejects.file_id is 'The file: see source_files.';
comment on column main.rejects.place is 'Line, JSON path or card number that a person can go to.';
comment on column main.rejects.reason is 'What is wrong with it.';
comment on column main.rejects.raw is 'The row as it stood, shortened.';

create table raw.files (
    file_id integer primary key,
    owner_id integer not null,
    importer varchar not null,
    sha256 varchar not null,
    as_of timestamptz,
    complete boolean not null
);
comment on table raw.files is 'Files that were read, once per content and owner.';
comment on column raw.files.file_id is 'See main.source_files.';
comment on column raw.files.owner_id is 'Whose export it belongs to.';
comment on column raw.files.importer is 'Importer that read it.';
comment on column raw.files.sha256 is 'Digest of the content.';
comment on column raw.files.as_of is 'Date of the export: its archive name, its archive entry, or the newest date in it.';
comment on column raw.files.complete is 'The file lists everything there was at as_of.';

create table raw.entries (
    entry_id bigint not null,
    owner_id integer not null,
    source varchar not null,
    list varchar not null,
    contact_id bigint not null,
    source_key varchar not null,
    relation varchar not null,
    full_name varchar,
    given_name varchar,
    family_name varchar,
    nickname varchar,
    company varchar,
    title varchar,
    birthday varchar,
    location varchar,
    profile_url varchar,
    connected_at timestamptz,
    note varchar,
    as_of timestamptz,
    points struct(kind varchar, raw varchar, label varchar, region varchar)[],
    raw varchar
);
comment on table raw.entries is 'Every distinct version of every entry of every list, as its file said it.';
comment on column raw.entries.entry_id is 'Hash of owner, list, source_key and content.';
comment on column raw.entries.owner_id is 'Whose export it came from.';
comment on column raw.entries.source is 'Kind of export.';
comment on column raw.entries.list is 'Importer that read it.';
comment on column raw.entries.contact_id is 'The contact this is a version of.';
comment on column raw.entries.source_key is 'Natural key inside the source.';
comment on column raw.entries.relation is 'As contacts.relation.';
comment on column raw.entries.full_name is 'As written.';
comment on column raw.entries.given_name is 'As written.';
comment on column raw.entries.family_name is 'As written.';
comment on column raw.entries.nickname is 'As written.';
comment on column raw.entries.company is 'As written.';
comment on column raw.entries.title is 'As written.';
comment on column raw.entries.birthday is 'ISO 8601, with or without a year.';
comment on column raw.entries.location is 'As written.';
comment on column raw.entries.profile_url is 'As written.';
comment on column raw.entries.connected_at is 'When the tie was made in the source.';
comment on column raw.entries.note is 'As written.';
comment on column raw.entries.as_of is 'When this version was last true, where the entry itself says so.';
comment on column raw.entries.points is 'Addresses, numbers and profiles as written.';
comment on column raw.entries.raw is 'The row as the source had it, as JSON.';

create table raw.sightings (
    entry_id bigint not null,
    file_id integer not null
);
comment on table raw.sightings is 'Which file showed which version of an entry.';
comment on column raw.sightings.entry_id is 'See raw.entries.';
comment on column raw.sightings.file_id is 'See raw.files.';

create table raw.events (
    event_id bigint not null,
    owner_id integer not null,
    source varchar not null,
    kind varchar not null,
    party struct("key" varchar, "name" varchar),
    direction varchar,
    recipients struct("key" varchar, "name" varchar)[],
    thread_key varchar,
    thread_size integer,
    "at" timestamptz,
    words integer,
    text_hash ubigint,
    text varchar using compression zstd,
    one_click boolean not null,
    file_id integer not null
);
comment on table raw.events is 'Every dated event, once, as its file said it; text is stored here and nowhere else.';
comment on column raw.events.event_id is 'Hash of owner, source, kind and natural key.';
comment on column raw.events.owner_id is 'Whose export it came from.';
comment on column raw.events.source is 'Kind of export.';
comment on column raw.events.kind is 'message, call, invitation ...; system and sponsored are kept and are no interaction.';
comment on column raw.events.party is 'Sender if direction is null, else the counterpart.';
comment on column raw.events.direction is 'in, out, mutual, or null: follows from who the owner is.';
comment on column raw.events.recipients is 'Everybody but the sender; null: the members of the thread.';
comment on column raw.events.thread_key is 'Conversation inside the source.';
comment on column raw.events.thread_size is 'All members, the owner included, where the row says it.';
comment on column raw.events."at" is 'When (UTC).';
comment on column raw.events.words is 'Words in the text.';
comment on column raw.events.text_hash is 'Hash of the letters and digits of the text: tells a repeated note without keeping it.';
comment on column raw.events.text is 'What was written; null with --no-text.';
comment on column raw.events.one_click is 'A canned greeting, a like: next to no weight.';
comment on column raw.events.file_id is 'The file that first showed it.';

create table raw.threads (
    owner_id integer not null,
    source varchar not null,
    thread_key varchar not null,
    title varchar,
    size integer,
    flags varchar[],
    members struct("key" varchar, "name" varchar)[],
    file_id integer not null
);
comment on table raw.threads is 'Conversations and who is in them, one row per file that tells of one.';
comment on column raw.threads.owner_id is 'Whose export it came from.';
comment on column raw.threads.source is 'Kind of export.';
comment on column raw.threads.thread_key is 'Conversation inside the source.';
comment on column raw.threads.title is 'Title as written.';
comment on column raw.threads.size is 'Number of members where the file says more than it lists.';
comment on column raw.threads.flags is 'group, request, filtered, cutover, marketplace, left, sponsored, inmail.';
comment on column raw.threads.members is 'Everybody the file lists.';
comment on column raw.threads.file_id is 'The file.';

create table raw.stages (
    stage_id bigint not null,
    owner_id integer not null,
    source varchar not null,
    kind varchar not null,
    organisation varchar not null,
    title varchar,
    started varchar,
    ended varchar,
    file_id integer not null
);
comment on table raw.stages is 'The owner''s own work, schools, memberships and events, for overlaps with contacts.';
comment on column raw.stages.stage_id is 'Hash of the content.';
comment on column raw.stages.owner_id is 'The owner.';
comment on column raw.stages.source is 'Kind of export.';
comment on column raw.stages.kind is 'position, education, membership or event.';
comment on column raw.stages.organisation is 'Company, school, club or event.';
comment on column raw.stages.title is 'Role, degree.';
comment on column raw.stages.started is 'First day known, at the precision of the source.';
comment on column raw.stages.ended is 'Last day known; null: still running or unknown.';
comment on column raw.stages.file_id is 'The file that first showed it.';

create table main.contacts (
    contact_id bigint not null,
    person_id integer,
    owner_id integer not null,
    source varchar not null,
    source_key varchar not null,
    relation varchar not null,
    full_name varchar,
    given_name varchar,
    family_name varchar,
    nickname varchar,
    company varchar,
    title varchar,
    birthday varchar,
    location varchar,
    profile_url varchar,
    connected_at timestamptz,
    note varchar,
    first_import_id integer,
    last_import_id integer,
    missing_since integer,
    raw varchar
);
comment on table main.contacts is 'One entry as one source tells it: a connection, a friend, a card, a correspondent. Never merged, never altered by analysis.';
comment on column main.contacts.contact_id is 'The same at every re-import.';
comment on column main.contacts.person_id is 'Who this is: see people.';
comment on column main.contacts.owner_id is 'Whose contact: see owners.';
comment on column main.contacts.source is 'linkedin, facebook, messenger, instagram, vcard, google, outlook, csv ...';
comment on column main.contacts.source_key is 'Natural key inside the source: profile URL, name and time, UID, address ...';
comment on column main.contacts.relation is 'connection, friend, follower, following, correspondent, address_book, card, invited, removed, self, group or organisation.';
comment on column main.contacts.full_name is 'Name as the newest export shows it.';
comment on column main.contacts.given_name is 'Given name as written.';
comment on column main.contacts.family_name is 'Family name as written.';
comment on column main.contacts.nickname is 'Nickname as written.';
comment on column main.contacts.company is 'Company as the newest export shows it.';
comment on column main.contacts.title is 'Job title as the newest export shows it.';
comment on column main.contacts.birthday is 'ISO 8601: 1980-04-12, or --04-12 without a year.';
comment on column main.contacts.location is 'Place as written.';
comment on column main.contacts.profile_url is 'Profile address.';
comment on column main.contacts.connected_at is 'When the tie was made in the source; midnight UTC where only the day is known.';
comment on column main.contacts.note is 'Note on the entry.';
comment on column main.contacts.first_import_id is 'First import that showed it.';
comment on column main.contacts.last_import_id is 'Last import that showed it.';
comment on column main.contacts.missing_since is 'Import in which it was no longer in a complete newer export of the same list.';
comment on column main.contacts.raw is 'The newest row as the source had it, as JSON.';

create table main.contact_points (
    contact_id bigint not null,
    kind varchar not null,
    value varchar not null,
    raw varchar not null,
    label varchar,
    valid boolean not null,
    sure boolean not null
);
comment on table main.contact_points is 'Every way to reach a contact that any export ever showed.';
comment on column main.contact_points.contact_id is 'See contacts.';
comment on column main.contact_points.kind is 'email, phone, url, handle or address.';
comment on column main.contact_points.value is 'Normalised: E.164 for phones, lower case for e-mail; as written if invalid.';
comment on column main.contact_points.raw is 'As written.';
comment on column main.contact_points.label is 'work, mobile, the service of a handle ...';
comment on column main.contact_points.valid is 'It can be an address or number of its kind.';
comment on column main.contact_points.sure is 'False for a phone whose country was assumed: it never merges two people by itself.';

create table core.parties (
    owner_id integer not null,
    source varchar not null,
    ref varchar not null,
    "name" varchar,
    is_self boolean not null,
    contact_id bigint
);
comment on table core.parties is 'Everybody an event or thread names, and which contact that is.';
comment on column core.parties.owner_id is 'Whose export.';
comment on column core.parties.source is 'Kind of export.';
comment on column core.parties.ref is 'k: and the identifier in the source, or n: and the name where the file has only names.';
comment on column core.parties."name" is 'Name as last written.';
comment on column core.parties.is_self is 'It is the owner.';
comment on column core.parties.contact_id is 'The contact; null for the owner.';

create table core.members (
    owner_id integer not null,
    source varchar not null,
    thread_key varchar not null,
    ref varchar not null
);
comment on table core.members is 'Who is in a conversation, over all files that tell of it.';
comment on column core.members.owner_id is 'Whose export.';
comment on column core.members.source is 'Kind of export.';
comment on column core.members.thread_key is 'See raw.threads.';
comment on column core.members.ref is 'See core.parties.';

create table core.settings (
    owner_id integer not null,
    name varchar not null,
    value varchar not null,
    primary key (owner_id, name)
);
comment on table core.settings is 'What the user said once and need not say again.';
comment on column core.settings.owner_id is 'See main.owners.';
comment on column core.settings.name is 'region: ISO country of phone numbers without a country code; recipe (owner 0): what built the published tables.';
comment on column core.settings.value is 'The value.';

create table core.interactions (
    interaction_id bigint not null,
    owner_id integer not null,
    contact_id bigint not null,
    person_id integer,
    source varchar not null,
    kind varchar not null,
    direction varchar not null,
    "at" timestamptz,
    thread_id bigint,
    thread_size integer not null,
    words integer,
    one_click boolean not null,
    event_id bigint not null,
    file_id integer not null
);
comment on table core.interactions is 'main.interactions without its text.';
comment on column core.interactions.interaction_id is 'See main.interactions.';
comment on column core.interactions.owner_id is 'See main.interactions.';
comment on column core.interactions.contact_id is 'See main.interactions.';
comment on column core.interactions.person_id is 'See main.interactions.';
comment on column core.interactions.source is 'See main.interactions.';
comment on column core.interactions.kind is 'See main.interactions.';
comment on column core.interactions.direction is 'See main.interactions.';
comment on column core.interactions."at" is 'See main.interactions.';
comment on column core.interactions.thread_id is 'See main.interactions.';
comment on column core.interactions.thread_size is 'See main.interactions.';
comment on column core.interactions.words is 'See main.interactions.';
comment on column core.interactions.one_click is 'See main.interactions.';
comment on column core.interactions.event_id is 'See raw.events.';
comment on column core.interactions.file_id is 'See main.interactions.';

create view main.interactions as
select
    i.interaction_id,
    i.owner_id,
    i.contact_id,
    i.person_id,
    i.source,
    i.kind,
    i.direction,
    i."at",
    i.thread_id,
    i.thread_size,
    i.words,
    (select e.text from raw.events e where e.event_id = i.event_id) as text,
    i.file_id,
    i.one_click
from core.interactions i;
comment on view main.interactions is 'Every dated event between the owner and one contact, one row per counterpart.';
comment on column main.interactions.interaction_id is 'Stable number of event and counterpart.';
comment on column main.interactions.owner_id is 'Whose interaction: see owners.';
comment on column main.interactions.contact_id is 'The counterpart: see contacts.';
comment on column main.interactions.person_id is 'The counterpart''s person: see people.';
comment on column main.interactions.source is 'Kind of export it was read from.';
comment on column main.interactions.kind is 'message, call, invitation, recommendation, endorsement, reaction, comment, tag, wall_post, poke, meeting ...';
comment on column main.interactions.direction is 'in (from them to the owner), out or mutual.';
comment on column main.interactions."at" is 'When (UTC); null if the source does not say.';
comment on column main.interactions.thread_id is 'Conversation it belongs to; null outside conversations.';
comment on column main.interactions.thread_size is 'Members of the conversation, the owner included; 2 is private.';
comment on column main.interactions.words is 'Words in the text.';
comment on column main.interactions.text is 'What was written; null with --no-text.';
comment on column main.interactions.file_id is 'The file that first showed it: see source_files.';
comment on column main.interactions.one_click is 'A like, an endorsement, a canned greeting: next to no weight.';

create table main.people (
    person_id integer not null,
    name varchar,
    given_name varchar,
    family_name varchar,
    company varchar,
    title varchar,
    birthday varchar,
    location varchar,
    emails varchar[],
    phones varchar[],
    urls varchar[],
    sources varchar[],
    contacts integer not null,
    first_seen timestamptz,
    merged_confidence double,
    is_owner boolean not null
);
comment on table main.people is 'What is taken to be one human: one or more contacts.';
comment on column main.people.person_id is 'Survives re-imports.';
comment on column main.people.name is 'Name of the newest trustworthy source.';
comment on column main.people.given_name is 'Given name.';
comment on column main.people.family_name is 'Family name.';
comment on column main.people.company is 'Company of the newest source that has one.';
comment on column main.people.title is 'Job title beside that company.';
comment on column main.people.birthday is 'ISO 8601, with or without a year.';
comment on column main.people.location is 'Place as written.';
comment on column main.people.emails is 'Every valid address.';
comment on column main.people.phones is 'Every valid number, E.164 where the country is known or assumed.';
comment on column main.people.urls is 'Every profile and page.';
comment on column main.people.sources is 'Sources that know this person.';
comment on column main.people.contacts is 'Number of contacts merged.';
comment on column main.people.first_seen is 'Earliest date in any source.';
comment on column main.people.merged_confidence is 'Lowest score among the matches that hold the person together; null for a single contact.';
comment on column main.people.is_owner is 'It is an owner of this database.';

create table core.person_of (
    contact_id bigint not null,
    person_id integer not null
);
comment on table core.person_of is 'Which person a contact was last said to be; remembers contacts that vanished.';
comment on column core.person_of.contact_id is 'See contacts.';
comment on column core.person_of.person_id is 'See people.';

create table core.person_redirects (
    old_id integer not null,
    new_id integer not null,
    import_id integer not null
);
comment on table core.person_redirects is 'Where a person_id went that no longer has contacts.';
comment on column core.person_redirects.old_id is 'The id that is gone.';
comment on column core.person_redirects.new_id is 'The id that took its contacts.';
comment on column core.person_redirects.import_id is 'When.';

create table main.matches (
    contact_a bigint not null,
    contact_b bigint not null,
    score double,
    verdict varchar not null,
    evidence varchar,
    decided_by varchar not null,
    decided_at timestamptz
);
comment on table main.matches is 'Pairs of contacts that were compared and could be one person.';
comment on column main.matches.contact_a is 'The smaller contact_id.';
comment on column main.matches.contact_b is 'The larger contact_id.';
comment on column main.matches.score is 'Probability of being one person, between 0 and 1.';
comment on column main.matches.verdict is 'same, unsure or different.';
comment on column main.matches.evidence is 'Each field''s weight in bits, with words, as JSON.';
comment on column main.matches.decided_by is 'rule (a shared identifier), model (names and context) or user.';
comment on column main.matches.decided_at is 'When the user decided; null otherwise.';

create table main.decisions (
    decision_id integer primary key,
    contact_a bigint not null,
    contact_b bigint not null,
    verdict varchar not null,
    decided_at timestamptz not null
);
comment on table main.decisions is 'What the user said about pairs of contacts; outranks every score, survives re-imports.';
comment on column main.decisions.decision_id is 'Counting up; the later decision about a pair wins.';
comment on column main.decisions.contact_a is 'The smaller contact_id.';
comment on column main.decisions.contact_b is 'The larger contact_id.';
comment on column main.decisions.verdict is 'same or different.';
comment on column main.decisions.decided_at is 'When (UTC).';

create table main.changes (
    contact_id bigint not null,
    person_id integer,
    field varchar not null,
    old varchar,
    new varchar,
    import_id integer,
    noticed_at timestamptz
);
comment on table main.changes is 'What differs between two exports of the same list.';
comment on column main.changes.contact_id is 'See contacts.';
comment on column main.changes.person_id is 'See people.';
comment on column main.changes.field is 'company, title, full_name ..., or gone.';
comment on column main.changes.old is 'Value in the older export.';
comment on column main.changes.new is 'Value in the newer export.';
comment on column main.changes.import_id is 'Import that brought the newer export.';
comment on column main.changes.noticed_at is 'Date of the newer export.';

create table main.tags (
    person_id integer not null,
    tag varchar not null,
    noted_at timestamptz not null,
    contact_id bigint
);
comment on table main.tags is 'The user''s own words about people; outrank every number.';
comment on column main.tags.person_id is 'See people.';
comment on column main.tags.tag is 'The tag.';
comment on column main.tags.noted_at is 'When (UTC).';
comment on column main.tags.contact_id is 'The contact it is pinned to, so that it follows when people are merged or split; may be null.';

create table main.notes (
    person_id integer not null,
    text varchar not null,
    noted_at timestamptz not null,
    contact_id bigint
);
comment on table main.notes is 'The user''s own notes about people.';
comment on column main.notes.person_id is 'See people.';
comment on column main.notes.text is 'The note.';
comment on column main.notes.noted_at is 'When (UTC).';
comment on column main.notes.contact_id is 'The contact it is pinned to, so that it follows when people are merged or split; may be null.';

create table main.thresholds (
    name varchar primary key,
    value double not null,
    meaning varchar not null,
    source varchar not null
);
comment on table main.thresholds is 'The numbers behind classes, rings and lists. Change one with UPDATE; the answers follow.';
comment on column main.thresholds.name is 'What it is called in the analyses.';
comment on column main.thresholds.value is 'The number.';
comment on column main.thresholds.meaning is 'What it does.';
comment on column main.thresholds.source is 'Where it comes from: a paper, a measurement, or our own reasoning.';

-- Names are compared without regard to case, blanks and composed letters.
create macro core.name_key(n) as
    nullif(lower(trim(regexp_replace(nfc_normalize(n), '\s+', ' ', 'g'))), '');

-- The same note typed twice differs at most in blanks and punctuation.
create macro core.text_key(t) as
    md5_number_lower(regexp_replace(lower(t), '[^\p{L}\p{N}]', '', 'g'));

-- Chats of Facebook and of Messenger's secure storage are between the same accounts.
create macro core.network(s) as case when s = 'messenger' then 'facebook' else s end;

create macro core.ref(k, n) as coalesce('k:' || k, 'n:' || core.name_key(n));

-- Stable identifiers: the first half of an MD5, without its sign bit.
create macro core.stable_id(t) as (md5_number_lower(t) >> 1)::bigint;
