-- Contacts that may be people, with how much was said to each, and in which conversations.
with spoken as (
    select contact_id, thread_id, any_value(owner_id) as owner_id, count(*) as messages,
        bool_and(thread_size = 2 and source in ('linkedin', 'facebook', 'messenger', 'instagram',
            'telegram', 'whatsapp', 'x')) as is_alone,
        min((coalesce("at", 'infinity'::timestamptz), interaction_id, event_id, source, words))
            filter (kind in ('message', 'invitation') and thread_size = 2 and not one_click)
            as opening
    from core.interactions
    group by contact_id, thread_id
),
-- Whom each file names as the members of a conversation, the owner left out.
listed as (
    select distinct t.file_id,
        core.stable_id(concat_ws('|', t.owner_id, core.network(t.source), t.thread_key))
            as thread_id,
        p.contact_id,
        coalesce(t.size, 2) > 2 or coalesce(list_contains(t.flags, 'group'), false) as is_group
    from raw.threads t, unnest(t.members) as m(member)
    join core.parties p
        on p.owner_id = t.owner_id and p.source = t.source
        and p.ref = core.ref(m.member."key", m.member."name")
    where p.contact_id is not null
),
counted as (
    select *, count(*) over together as members,
        bit_xor(hash(contact_id)) over together as who
    from listed
    window together as (partition by file_id, thread_id)
),
-- A conversation of two has one counterpart, whatever name an older export had for it.
alone as (
    select contact_id, thread_id
    from spoken
    where is_alone and thread_id is not null
    union
    select contact_id, thread_id
    from counted
    where members = 1 and not is_group
),
shared as (
    select thread_id
    from alone
    group by thread_id
    having count(*) between 2 and 5
),
seats as (
    select contact_id, list(thread_id order by thread_id)[:50] as threads
    from alone
    semi join shared using (thread_id)
    group by contact_id
),
-- Two whom one file names as members of one conversation are two people. Files that name the same
-- members say so once, so that one more of them says nothing new.
rooms as (
    select contact_id,
        list(core.stable_id(concat_ws('|', thread_id, who)) order by thread_id, who)[:50] as rooms
    from (select distinct contact_id, thread_id, who from counted where members > 1)
    group by contact_id
),
openings as (
    select contact_id, any_value(owner_id) as owner_id, min(opening) as opening,
        sum(messages) as messages
    from spoken
    group by contact_id
),
-- A first message tells something where it can come again on another platform, and is long enough
-- not to be what everybody writes; only then is its text looked at.
told as (
    select contact_id, opening[3] as event_id
    from openings
    where opening[5] >= 5
        and owner_id in (
            select owner_id from core.spoken_networks
            group by owner_id having count(distinct network) > 1)
),
firsts as (
    select t.contact_id, coalesce(e.text_hash, core.text_key(e.text)) as first_message
    from told t
    join raw.events e using (event_id)
)
select c.contact_id, c.owner_id, c.source, c.relation, c.source_key, c.full_name,
    c.given_name, c.family_name, c.nickname, c.company, c.title, c.birthday,
    c.location, c.profile_url, c.connected_at, coalesce(o.messages, 0)::bigint as messages,
    s.threads, r.rooms, f.first_message::varchar as first_message
from main.contacts c
left join openings o using (contact_id)
left join seats s using (contact_id)
left join rooms r using (contact_id)
left join firsts f using (contact_id)
where c.relation not in ('group', 'organisation')
    and c.contact_id not in (select contact_id from echoes)
order by c.contact_id
