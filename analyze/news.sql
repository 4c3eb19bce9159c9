-- question: What changed between my exports?
-- columns:
--   owner_id: see owners
--   noticed_on: day of the export that shows it
--   kind: new (in a list that did not have them), lost (no longer in it), name, job, contact (a new number or address), closer or drifted (see tie_changes)
--   person_id: see people
--   name: name of the person
--   source: list in which it shows; for closer and drifted where you were last in touch
--   old: what it was; for closer and drifted class and ring at the export before
--   new: what it is
--   strength: strength of the tie now
--   strength_then: for closer and drifted, strength at the export before
--   day_then: for closer and drifted, day of the export before, or your own, see tie_changes
--   evidence: the same as a sentence
-- source: plain comparison of exports; classes and rings by the formulas of ties
-- limits: only two exports of one list can differ; what an export leaves empty is no change; a new key of the same person in the same list is not lost and new
with
    told as (
        select
            contacts.owner_id,
            changes.noticed_at,
            ((epoch_us(changes.noticed_at) + now.offset_us) // 86400000000)::integer as day,
            changes.field,
            changes.old,
            changes.new,
            changes.contact_id,
            changes.person_id,
            contacts.source,
            contacts.full_name,
            contacts.connected_at,
            contacts.relation
        from changes
        join contacts on contacts.contact_id = changes.contact_id
        join mart.now on now.owner_id = contacts.owner_id
        where changes.person_id is not null and isfinite(changes.noticed_at)
    ),
    -- Facebook knows a friend by name and time, LinkedIn by an address that people may change: the
    -- same person (or a friend of the very same second, or a name of the same day) gone and new in
    -- one export is one who is still there.
    moved as (
        select distinct
            gone.contact_id as gone_id,
            fresh.contact_id as new_id,
            gone.full_name as old_name,
            fresh.full_name as new_name
        from told gone
        join told fresh
            on fresh.owner_id = gone.owner_id and fresh.source = gone.source
            and fresh.noticed_at = gone.noticed_at and fresh.field = 'new'
            and fresh.contact_id <> gone.contact_id
            and (
                fresh.person_id = gone.person_id
                or (
                    fresh.connected_at = gone.connected_at
                    and (gone.source = 'facebook' or lower(fresh.full_name) = lower(gone.full_name))
                )
            )
        where gone.field = 'gone'
    ),
    sorted as (
        select
            owner_id,
            noticed_at,
            day,
            case field
                when 'gone' then 'lost'
                when 'new' then 'new'
                when 'full_name' then 'name'
                when 'company' then 'job'
                when 'title' then 'job'
                else 'contact'
            end as kind,
            field,
            person_id,
            source,
            relation,
            full_name,
            old,
            new
        from told
        where not (
            (field = 'gone' and contact_id in (select gone_id from moved))
            or (field = 'new' and contact_id in (select new_id from moved))
        )
        union all
        select
            told.owner_id,
            told.noticed_at,
            told.day,
            'name',
            'full_name',
            told.person_id,
            told.source,
            told.relation,
            told.full_name,
            moved.old_name,
            moved.new_name
        from moved
        join told on told.contact_id = moved.new_id and told.field = 'new'
        where moved.old_name <> moved.new_name
    ),
    -- Company and title of one export are one piece of news, as are several numbers.
    pieces as (
        select
            owner_id,
            day,
            kind,
            person_id,
            source,
            any_value(relation order by relation) as relation,
            any_value(full_name order by full_name) as full_name,
            string_agg(distinct old, ', ' order by old) filter (kind <> 'job') as old_plain,
            string_agg(distinct new, ', ' order by new) filter (kind <> 'job') as new_plain,
            concat_ws(
                ' at ',
                max(old) filter (field = 'title'),
                max(old) filter (field = 'company')
            ) as old_job,
            concat_ws(
                ' at ',
                max(new) filter (field = 'title'),
                max(new) filter (field = 'company')
            ) as new_job
        from sorted
        group by all
    ),
    worded as (
        select
            owner_id,
            day,
            kind,
            person_id,
            source,
            nullif(coalesce(old_plain, old_job), '') as old,
            coalesce(nullif(coalesce(new_plain, new_job), ''), full_name) as new,
            case kind
                when 'new' then case relation
                    when 'following' then 'You follow them now, ' || label
                    when 'follower' then 'Follows you now, ' || label
                    else 'New ' || relation || ', ' || label
                end
                when 'lost' then 'No longer among your ' || label || ' contacts'
                when 'name' then 'Was ' || old_plain || ', is ' || new_plain
                when 'job' then 'Was ' || nullif(old_job, '') || ', is ' || nullif(new_job, '')
                else 'New: ' || new_plain
            end || '.' as evidence,
            null as strength_then,
            null as day_then
        from pieces
        join mart.labels using (source)
        union all
        select
            owner_id,
            (day_now - date '1970-01-01')::integer,
            move,
            person_id,
            source,
            class_then || coalesce(', ring ' || ring_then, ''),
            class_now || coalesce(', ring ' || ring_now, ''),
            evidence,
            strength_then,
            day_then
        from tie_changes
    )
select
    worded.owner_id,
    date '1970-01-01' + worded.day as noticed_on,
    worded.kind,
    worded.person_id,
    people.name,
    worded.source,
    worded.old,
    case when worded.kind <> 'lost' then worded.new end as new,
    ties.strength,
    worded.strength_then,
    worded.day_then,
    worded.evidence
from worded
join people on people.person_id = worded.person_id
left join ties on ties.owner_id = worded.owner_id and ties.person_id = worded.person_id
where not people.is_owner
order by
    worded.owner_id,
    noticed_on desc,
    list_position(
        ['lost', 'name', 'job', 'new', 'contact', 'closer', 'drifted'], worded.kind
    ),
    ties.strength desc nulls last,
    worded.person_id,
    worded.source
