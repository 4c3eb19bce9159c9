-- What the contacts of forget_contacts are recognised by, and nobody who stays.
create or replace temp table their_entries as
select e.rowid as id
from raw.entries e
where e.contact_id in (from forget_contacts)
    or (e.source_key = e.full_name and (e.owner_id, e.source, core.ref(null, e.full_name)) in (
        select (owner_id, source, ref) from core.parties
        where contact_id in (from forget_contacts)));

create or replace temp table their_parties as
select l.owner_id, l.source, l.pid, l.name
from look_parties l
join core.parties p
    on p.owner_id = l.owner_id and p.source = l.source and p.ref = core.ref(l."key", l.name)
where p.contact_id in (from forget_contacts);

create or replace temp table their_names as
select distinct name
from (
    select full_name as name from raw.entries where rowid in (from their_entries)
    union all
    select name from their_parties
)
where core.words_key(name) is not null;

create or replace temp table staying_tokens as
select distinct token from entry_tokens where id not in (from their_entries)
union
select distinct token
from party_tokens
where (owner_id, source, pid) not in (select (owner_id, source, pid) from their_parties);

create or replace temp table forgotten_tokens as
with theirs as (
    select token from entry_tokens where id in (from their_entries)
    union
    select token from party_tokens
    where (owner_id, source, pid) in (select (owner_id, source, pid) from their_parties)
    union
    select 'd:' || array_to_string(core.words_of(name), '')
    from their_names
    where length(array_to_string(core.words_of(name), '')) >= 6
        and 'n:' || core.words_key(name) not in (from staying_tokens)
)
-- One word is no name to keep others out by, except in the source that knows them by it.
select token
from theirs
where (token like 's:%' or token not in (from staying_tokens))
    and not (token like 'n:%' and not contains(token, ' '));
