-- question: On which days did who act towards whom?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   direction: in (they acted) or out (the owner did); an answered call or a meeting is one of each
--   day: days since 1970 by the owner's clock
--   w: largest weight of the day: 1 / sqrt(members - 1), next to nothing for one click
--   exchanged: at least one interaction of the day was more than one click
--   smallest: members of the smallest conversation of the day
--   met: a meeting was among them
-- each: person
-- source: own measurement; an invitation without a note is one click; a day counts once in each direction, however many messages it holds
with
    knob as (
        select max(value) filter (name = 'one_click_weight') as one_click_weight
        from main.thresholds
    )
select
    i.owner_id,
    i.person_id,
    way.direction,
    ((epoch_us(i.at) + clocks.offset_us) // 86400000000)::integer as day,
    max(
        case when i.one_click or (i.kind = 'invitation' and coalesce(i.words, 0) = 0)
            then knob.one_click_weight else 1.0e0
        end
        / sqrt(greatest(i.thread_size, 2) - 1)
    ) as w,
    bool_or(not i.one_click and not (i.kind = 'invitation' and coalesce(i.words, 0) = 0)) as exchanged,
    min(greatest(i.thread_size, 2)) as smallest,
    bool_or(i.kind = 'meeting') as met
from core.interactions i
join mart.clocks using (owner_id)
semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
join (
    values ('in', 'in'), ('out', 'out'), ('mutual', 'in'), ('mutual', 'out')
) way (said, direction) on way.said = i.direction
cross join knob
where i.at is not null
group by all
