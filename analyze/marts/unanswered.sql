-- question: What did the owner write to each person since their latest sign?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   streak: private messages of the owner since, from the first
--   first_at: first of these
--   last_at: latest of these
--   moments: times of the latest twenty
-- each: person
-- source: definition; any interaction of theirs but a single click is a sign
with
    signs as (
        select i.owner_id, i.person_id, max(i.at) as sign_at
        from core.interactions i
        where i.direction in ('in', 'mutual') and not i.one_click and i.at is not null
            and (i.kind <> 'invitation' or i.words > 0)
        group by i.owner_id, i.person_id
    )
select
    i.owner_id,
    i.person_id,
    count(*) as streak,
    min(i.at) as first_at,
    max(i.at) as last_at,
    list(i.at order by i.at desc)[1:20] as moments
from core.interactions i
semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
left join signs on signs.owner_id = i.owner_id and signs.person_id = i.person_id
where i.direction = 'out' and not i.one_click and i.thread_size <= 2
    and (i.kind = 'message' or (i.kind = 'invitation' and i.words > 0)) and i.at is not null
    and (signs.sign_at is null or i.at > signs.sign_at)
group by i.owner_id, i.person_id
