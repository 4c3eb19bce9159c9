-- The first two to six words of every new comment that names nobody, hashed as a name.
insert into raw.beginnings
with beginnings as (
    select e.event_id, n.words,
        core.name_key(rtrim(array_to_string(
            list_slice(string_split(e.text, ' '), 1, n.words), ' '), ',.:;!?')) as name_key
    from told_events e, range(2, 7) as n(words)
    where e.kind = 'comment' and e.source = 'linkedin' and e.text is not null
        and core.ref(e.party."key", e.party."name") is null
        and length(e.text) - length(replace(e.text, ' ', '')) + 1 >= n.words
)
select event_id, words, md5_number_lower(name_key)
from beginnings
where name_key is not null;
