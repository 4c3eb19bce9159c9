-- What the user answered to the weekly suggestions: the user's own, kept over every rebuild.
create table main.suggestions_answered (
    owner_id integer not null,
    contact_id bigint not null,
    kind varchar not null,
    occasion varchar not null,
    answer varchar not null,
    answered_on date not null,
    until date,
    primary key (owner_id, contact_id, kind, occasion)
);
comment on table main.suggestions_answered is 'What the user answered to suggestions of the week, so that none comes twice.';
comment on column main.suggestions_answered.owner_id is 'Whose suggestion: see owners.';
comment on column main.suggestions_answered.contact_id is 'A contact of the person it is about, so that it follows when people are merged or split.';
comment on column main.suggestions_answered.kind is 'drift, birthday, new_job, owed, thanks or introduction.';
comment on column main.suggestions_answered.occasion is 'What tells this one from the next of its kind: a date, a job, the other person.';
comment on column main.suggestions_answered.answer is 'done, snoozed or dismissed.';
comment on column main.suggestions_answered.answered_on is 'Newest date in the data when it was answered.';
comment on column main.suggestions_answered.until is 'First day on which a snoozed one comes back, by the dates in the data; null otherwise.';

comment on column main.changes.field is 'full_name, company or title; email, phone, url, handle or address (a new way to reach them: old is null); new (not in an older complete export of the list) or gone (no longer in a newer complete one).';
comment on column main.changes.import_id is 'Import that brought the export which shows it.';
