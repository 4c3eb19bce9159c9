-- question: Which short texts tell what a person does, for whom, and what others say of them?
-- columns:
--   person_id: see people; somebody an owner knows
--   field: title, company, place, former_title, former_company, contact_note, group, skill (you endorsed them), endorsed_you (they endorsed you), recommendation (you wrote it), recommended_you (they did)
--   text: as written; null where event_id leads to it
--   at: when it was so, or was seen to end; null if nobody says
--   event_id: see raw.events; null for what is no event
-- each: person
-- source: definition
-- limits: former values are what older exports, other lists or noticed changes say
with
    members_of as (
        select distinct known.person_id
        from mart.known
        join main.people using (person_id)
        where not people.is_owner
    ),
    shown as (
        select people.person_id, people.title, people.company, people.location
        from main.people
        semi join members_of on members_of.person_id = people.person_id
    ),
    current_values as (
        select person_id, 'title' as field, title as text from shown
        union all
        select person_id, 'company', company from shown
        union all
        select person_id, 'place', location from shown
    ),
    -- Every value any list or export ever had; the one shown is taken out below.
    every_value as (
        select person_id, title, company, null::timestamptz as "at"
        from main.contacts
        union all
        select contacts.person_id, entries.title, entries.company, entries.as_of
        from raw.entries
        join main.contacts using (contact_id)
        union all
        select person_id, old, null, noticed_at from main.changes where field = 'title'
        union all
        select person_id, null, old, noticed_at from main.changes where field = 'company'
    ),
    other_values as (
        select person_id, 'former_title' as field, title as text, "at" from every_value
        union all
        select person_id, 'former_company', company, "at" from every_value
    ),
    former as (
        select other_values.person_id, other_values.field, trim(other_values.text) as text, max("at") as "at"
        from other_values
        join shown using (person_id)
        where trim(other_values.text) <> ''
            and lower(trim(other_values.text)) is distinct from lower(trim(
                case other_values.field when 'former_title' then shown.title else shown.company end
            ))
        group by all
    ),
    card_notes as (
        select distinct contacts.person_id, contacts.note as text
        from main.contacts
        semi join members_of on members_of.person_id = contacts.person_id
        where trim(contacts.note) <> ''
    ),
    named_threads as (
        select owner_id, source, thread_key, max(title) as title
        from raw.threads
        where trim(title) <> ''
            and (size >= 3 or len(members) >= 3 or list_contains(flags, 'group'))
            and not list_has_any(coalesce(flags, []), ['sponsored', 'marketplace'])
        group by owner_id, source, thread_key
    ),
    in_group as (
        select named_threads.title, parties.contact_id
        from named_threads
        join core.members using (owner_id, source, thread_key)
        join core.parties using (owner_id, source, ref)
        where parties.contact_id is not null
        union
        select named_threads.title, i.contact_id
        from named_threads
        join raw.events using (owner_id, source, thread_key)
        join core.interactions i using (event_id)
    ),
    groups as (
        select distinct contacts.person_id, in_group.title as text
        from in_group
        join main.contacts using (contact_id)
        semi join members_of on members_of.person_id = contacts.person_id
    ),
    praise as (
        select
            i.person_id,
            case
                when i.kind = 'endorsement' and i.direction = 'out' then 'skill'
                when i.kind = 'endorsement' then 'endorsed_you'
                when i.direction = 'out' then 'recommendation'
                else 'recommended_you'
            end as field,
            i.at,
            i.event_id
        from core.interactions i
        semi join members_of on members_of.person_id = i.person_id
        where i.kind in ('endorsement', 'recommendation')
    )
select person_id, field, trim(text) as text, null::timestamptz as "at", null::bigint as event_id
from current_values
where trim(text) <> ''
union all
select person_id, field, text, "at", null from former
union all
select person_id, 'contact_note', trim(text), null, null from card_notes
union all
select person_id, 'group', trim(text), null, null from groups
union all
select person_id, field, null, "at", event_id from praise
order by person_id, field, text, event_id
