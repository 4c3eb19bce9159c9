-- question: Whom does each owner know at all, from any source?
-- columns:
--   owner_id: see owners
--   person_id: see people; neither the owner nor a group or organisation
--   sources: sources that know this person, in alphabetical order
--   known_from: these in words
--   collected: the person stands in a list that the owner gathered (connections, friends, cards, an address book), not only among correspondents or followers
--   connected_at: earliest known time of becoming a contact
--   connected_source: source of that time
-- each: person
-- source: definition
with
    selves as (
        select owner_id, person_id
        from main.contacts
        where relation = 'self' and person_id is not null
        union
        select owners.owner_id, people.person_id
        from main.people cross join main.owners
        where people.is_owner and (select count(*) from main.owners) = 1
    ),
    gathered as (
        select
            contacts.owner_id,
            contacts.person_id,
            list_sort(list(distinct contacts.source)) as sources,
            list_sort(list(distinct labels.label)) as labels,
            bool_or(contacts.relation in ('connection', 'friend', 'card', 'address_book'))
                as collected,
            min(contacts.connected_at) as connected_at,
            arg_min(contacts.source, (contacts.connected_at, contacts.source))
                filter (contacts.connected_at is not null) as connected_source
        from main.contacts
        join mart.labels using (source)
        anti join selves
            on selves.owner_id = contacts.owner_id and selves.person_id = contacts.person_id
        where contacts.person_id is not null
            and contacts.relation not in ('self', 'group', 'organisation')
        group by contacts.owner_id, contacts.person_id
    )
select
    owner_id,
    person_id,
    sources,
    case when len(labels) = 1 then labels[1]
        else array_to_string(labels[1:-2], ', ') || ' and ' || labels[-1]
    end as known_from,
    collected,
    connected_at,
    connected_source
from gathered
