-- Text hints: what the words of messages suggest. Found while loading, so that they are there where
-- no text is kept; which of them are published follows from the language of the conversation.

create table raw.hints (
    event_id bigint not null,
    lang varchar,
    kind varchar not null,
    words varchar not null,
    marks varchar[] not null
);
comment on table raw.hints is 'Everything that a word list of any language found in an event.';
comment on column raw.hints.event_id is 'See raw.events.';
comment on column raw.hints.lang is 'The list: en, de, fr, es, pt, it or nl; null for a link.';
comment on column raw.hints.kind is 'As main.hints.kind.';
comment on column raw.hints.words is 'The words that matched, as written.';
comment on column raw.hints.marks is 'What else the message holds: question, number, date, name.';

create table core.hints (
    hint_id bigint not null,
    interaction_id bigint not null,
    event_id bigint not null,
    owner_id integer not null,
    contact_id bigint not null,
    person_id integer,
    source varchar not null,
    direction varchar not null,
    "at" timestamptz,
    thread_id bigint,
    thread_size integer not null,
    kind varchar not null,
    lang varchar,
    words varchar not null,
    marks varchar[] not null
);
comment on table core.hints is 'main.hints without what the user dismissed.';
comment on column core.hints.hint_id is 'See main.hints.';
comment on column core.hints.interaction_id is 'See main.hints.';
comment on column core.hints.event_id is 'See main.hints.';
comment on column core.hints.owner_id is 'See main.hints.';
comment on column core.hints.contact_id is 'See main.hints.';
comment on column core.hints.person_id is 'See main.hints.';
comment on column core.hints.source is 'See main.hints.';
comment on column core.hints.direction is 'See main.hints.';
comment on column core.hints."at" is 'See main.hints.';
comment on column core.hints.thread_id is 'See main.hints.';
comment on column core.hints.thread_size is 'See main.hints.';
comment on column core.hints.kind is 'See main.hints.';
comment on column core.hints.lang is 'See main.hints.';
comment on column core.hints.words is 'See main.hints.';
comment on column core.hints.marks is 'See main.hints.';

create table main.dismissed_hints (
    event_id bigint not null,
    kind varchar not null,
    dismissed_at timestamptz not null
);
comment on table main.dismissed_hints is 'Hints that the user said are none; they stay dismissed over re-imports.';
comment on column main.dismissed_hints.event_id is 'The message: see raw.events and hints.';
comment on column main.dismissed_hints.kind is 'The kind of hint that it is not, or not any more.';
comment on column main.dismissed_hints.dismissed_at is 'When (UTC).';

create view main.hints as
select
    h.hint_id,
    h.interaction_id,
    h.event_id,
    h.owner_id,
    h.person_id,
    h.contact_id,
    h.source,
    h.direction,
    h."at",
    h.thread_id,
    h.thread_size,
    h.kind,
    h.lang,
    h.words,
    h.marks,
    d.event_id is not null as dismissed
from core.hints h
left join (select distinct event_id, kind from main.dismissed_hints) d
    on d.event_id = h.event_id and d.kind = h.kind;
comment on view main.hints is 'What the words of a message suggest, from word lists: a hint and never a verdict.';
comment on column main.hints.hint_id is 'Stable number of hint and counterpart, for notworking dismiss.';
comment on column main.hints.interaction_id is 'The message and counterpart: see interactions.';
comment on column main.hints.event_id is 'The message; a message to a group is one event with a row for each counterpart.';
comment on column main.hints.owner_id is 'Whose interaction: see owners.';
comment on column main.hints.person_id is 'The counterpart''s person: see people.';
comment on column main.hints.contact_id is 'The counterpart: see contacts.';
comment on column main.hints.source is 'Kind of export it was read from.';
comment on column main.hints.direction is 'in (they wrote it) or out (the owner did).';
comment on column main.hints."at" is 'When (UTC); null if the source does not say.';
comment on column main.hints.thread_id is 'Conversation it belongs to; null outside conversations.';
comment on column main.hints.thread_size is 'Members of the conversation, the owner included; 2 is private.';
comment on column main.hints.kind is 'ask, offer, promise, thanks, intro, congratulate, birthday, nudge, decline, or link (an address was sent).';
comment on column main.hints.lang is 'Language of the list that found it: the one that finds most in the conversation; null for a link.';
comment on column main.hints.words is 'The words that matched, as written; for a link its host.';
comment on column main.hints.marks is 'What else the message holds: question, number, date, name.';
comment on column main.hints.dismissed is 'The user said that it is none.';

create table core.hint_lists (digest varchar not null);
comment on table core.hint_lists is 'The state of the word lists that the hints were found with.';
comment on column core.hint_lists.digest is 'Tells one state of the lists from another.';
