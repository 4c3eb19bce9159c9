-- question: Who took the first step, with each person and in each invitation?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   kind: invitation (with a note), bare_invitation, or first_contact (the first interaction of more than one click)
--   by_them: they took it; otherwise the owner did
--   day: when, as days since 1970 by the owner's clock
-- each: person
-- source: definition; first steps taken by both at once are left out
with
    steps as (
        select
            i.owner_id,
            i.person_id,
            i.kind = 'invitation' as invites,
            i.one_click or (i.kind = 'invitation' and coalesce(i.words, 0) = 0) as bare,
            i.direction,
            i.at as moment,
            i.interaction_id
        from core.interactions i
        semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
        where i.at is not null
    ),
    taken as (
        select
            owner_id,
            person_id,
            case when bare then 'bare_invitation' else 'invitation' end as kind,
            direction,
            moment
        from steps
        where invites
        union all
        select
            owner_id,
            person_id,
            'first_contact' as kind,
            arg_min(direction, (moment, interaction_id)) as direction,
            min(moment) as moment
        from steps
        where not bare
        group by owner_id, person_id
    )
select
    taken.owner_id,
    taken.person_id,
    taken.kind,
    taken.direction = 'in' as by_them,
    ((epoch_us(taken.moment) + clocks.offset_us) // 86400000000)::integer as day
from taken
join mart.clocks using (owner_id)
where taken.direction <> 'mutual'
