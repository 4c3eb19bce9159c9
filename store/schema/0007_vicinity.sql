-- What an import that tells little looks at instead of deriving everything anew.

alter table core.parties add column threads bigint;
comment on column core.parties.threads is 'Conversations in which they are named.';

create table core.bearers (
    owner_id integer not null,
    network varchar not null,
    name_key varchar not null,
    contact_id bigint not null,
    tier integer not null
);
comment on table core.bearers is 'Who bears which name, as a candidate for those of whom events tell only the name.';
comment on column core.bearers.owner_id is 'Whose contact.';
comment on column core.bearers.network is 'Sources of one network name the same people.';
comment on column core.bearers.name_key is 'The name in comparable form.';
comment on column core.bearers.contact_id is 'See main.contacts.';
comment on column core.bearers.tier is '1 for connections and friends, 2 for all others: the first tier that has the name counts.';

create table core.twins as from core.interactions limit 0;
comment on table core.twins is 'Interactions that another export tells as well, in other words: set aside, not counted.';
comment on column core.twins.interaction_id is 'See main.interactions.';
comment on column core.twins.owner_id is 'See main.interactions.';
comment on column core.twins.contact_id is 'See main.interactions.';
comment on column core.twins.person_id is 'See main.interactions.';
comment on column core.twins.source is 'See main.interactions.';
comment on column core.twins.kind is 'See main.interactions.';
comment on column core.twins.direction is 'See main.interactions.';
comment on column core.twins."at" is 'See main.interactions.';
comment on column core.twins.thread_id is 'See main.interactions.';
comment on column core.twins.thread_size is 'See main.interactions.';
comment on column core.twins.words is 'See main.interactions.';
comment on column core.twins.one_click is 'See main.interactions.';
comment on column core.twins.event_id is 'See main.interactions.';
comment on column core.twins.file_id is 'See main.interactions.';

create table core.lang_hits (
    owner_id integer not null,
    lang varchar not null,
    hits bigint not null
);
comment on table core.lang_hits is 'How much the word lists of each language found in the messages of each owner.';
comment on column core.lang_hits.owner_id is 'Whose messages.';
comment on column core.lang_hits.lang is 'Language of the list.';
comment on column core.lang_hits.hits is 'How often a phrase of it stood in them.';

create table core.asked (
    contact_id bigint not null,
    digest ubigint not null
);
comment on table core.asked is 'What people were last recognised from, in digest: who did not change need not be looked at again.';
comment on column core.asked.contact_id is 'See main.contacts.';
comment on column core.asked.digest is 'Hash of all that recognising people looks at, but how much was said.';

create view core.spoken_networks as
select distinct owner_id, core.network(source) as network
from (
    select distinct owner_id, source
    from core.interactions
    where kind in ('message', 'invitation') and thread_size = 2 and not one_click
);
comment on view core.spoken_networks is 'In which networks each owner wrote to one alone.';
comment on column core.spoken_networks.owner_id is 'See main.owners.';
comment on column core.spoken_networks.network is 'As core.bearers.network.';

create view core.newest_names as
select n.owner_id, n.source, core.ref(n."key", n.name) as ref,
    arg_min(n.name, (
        coalesce(-epoch_us(f.as_of), 0),
        coalesce(-epoch_us(n.last_at), 0),
        n.name
    )) as name
from raw.party_names n
join raw.files f using (file_id)
group by all;
comment on view core.newest_names is 'What the newest export calls everybody who has an identifier.';
comment on column core.newest_names.owner_id is 'Whose export.';
comment on column core.newest_names.source is 'Kind of export.';
comment on column core.newest_names.ref is 'See core.parties.';
comment on column core.newest_names.name is 'The name.';
