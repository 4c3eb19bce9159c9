-- question: Up to when could the data have shown contact with each person?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   source: the source of the last contact; null without contact
--   seen_until: end of that source, or of the part of it that can be read; later silence is missing sight
--   seen_day: the same as days since 1970 by the owner's clock
--   cut: the conversation moved into encryption and its continuation was not imported
-- each: person
-- source: own reasoning: silence can only be seen where the two last talked
with
    by_source as (
        select i.owner_id, i.person_id, i.source, max(i.at) as last_at
        from core.interactions i
        where i.at is not null and i.person_id is not null and not i.one_click
            and (i.kind <> 'invitation' or i.words > 0)
        group by i.owner_id, i.person_id, i.source
    ),
    latest as (
        select owner_id, person_id, max({'moment': last_at, 'source': source}) as last
        from by_source
        group by owner_id, person_id
    ),
    cut as (
        select i.owner_id, i.person_id, i.source, max(i.at) as cut_at
        from raw.threads t
        join raw.events e
            on e.owner_id = t.owner_id and e.source = t.source and e.thread_key = t.thread_key
        join core.interactions i on i.event_id = e.event_id and i.owner_id = e.owner_id
        where list_contains(t.flags, 'cutover') and i.thread_size <= 2 and i.person_id is not null
        group by i.owner_id, i.person_id, i.source
    ),
    seen_to as (
        select
            known.owner_id,
            known.person_id,
            last.source,
            last.moment as last_at,
            cut.cut_at is not null and coalesce(later.ends_at <= cut.cut_at, true) as cut,
            coalesce(ends.ends_at, now.at) as ends_at,
            later.ends_at as continued_until,
            cut.cut_at,
            now.at as now_at,
            now.offset_us
        from mart.known
        join mart.now using (owner_id)
        left join latest using (owner_id, person_id)
        left join mart.ends
            on ends.owner_id = known.owner_id and ends.source = last.source
        left join cut
            on cut.owner_id = known.owner_id and cut.person_id = known.person_id
            and cut.source = last.source
        left join mart.ends later
            on later.owner_id = known.owner_id and later.source = 'messenger'
    ),
    until as (
        select
            owner_id,
            person_id,
            source,
            cut,
            case
                when cut then greatest(cut_at, last_at)
                when cut_at is not null then greatest(continued_until, ends_at)
                else greatest(ends_at, last_at)
            end as seen_until,
            now_at,
            offset_us
        from seen_to
    )
select
    owner_id,
    person_id,
    source,
    coalesce(least(seen_until, now_at), now_at) as seen_until,
    ((epoch_us(coalesce(least(seen_until, now_at), now_at)) + offset_us) // 86400000000)::integer
        as seen_day,
    cut
from until
