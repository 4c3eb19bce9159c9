-- With --no-text a LinkedIn comment must still find the connection it answers by name.
create table raw.beginnings (
    event_id bigint not null,
    words integer not null,
    name_hash ubigint not null
);
comment on table raw.beginnings is 'The first words of comments that name nobody, hashed: they may be the name of whom the comment answers.';
comment on column raw.beginnings.event_id is 'See raw.events.';
comment on column raw.beginnings.words is 'How many words were taken.';
comment on column raw.beginnings.name_hash is 'Hash of these words as names are compared.';
