-- question: What has passed between the owner and each person, in figures?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   first_at: first interaction
--   last_at: latest interaction
--   first_spoken_at: first of these but one click and invitations without a note
--   first_spoken_in: the same, by them
--   first_spoken_out: the same, by the owner
--   last_in: latest time they acted, one click excluded
--   last_out: latest time the owner acted, one click excluded
--   messages_in: messages from them
--   messages_out: messages to them
--   interactions: all interactions
--   clicks: of these, one-click ones and invitations without a note
--   bare_in: of these, their invitations without a note
--   bare_out: of these, the owner's invitations without a note
--   spoken: messages, calls and meetings
--   written: messages
--   one_to_one: interactions with nobody else in them
--   days: days on which either acted, one click excluded
--   days_in: days on which they acted, one click excluded
--   days_out: days on which the owner acted, one click excluded
--   active_months: months with an interaction, one click excluded
--   usual_gap: median days from one contact day to the next; null with a single one
--   talked_on: the sources of it in words, in alphabetical order
-- each: person
-- source: plain counts
with
    counted as (
        select
            i.owner_id,
            i.person_id,
            min(i.at) as first_at,
            max(i.at) as last_at,
            min(i.at) filter (not i.one_click and (i.kind <> 'invitation' or i.words > 0)) as first_spoken_at,
            min(i.at) filter (
                i.direction in ('in', 'mutual') and not i.one_click and (i.kind <> 'invitation' or i.words > 0)
            ) as first_spoken_in,
            min(i.at) filter (
                i.direction in ('out', 'mutual') and not i.one_click and (i.kind <> 'invitation' or i.words > 0)
            ) as first_spoken_out,
            max(i.at) filter (
                i.direction in ('in', 'mutual') and not i.one_click and not (i.kind = 'invitation' and coalesce(i.words, 0) = 0)
            ) as last_in,
            max(i.at) filter (
                i.direction in ('out', 'mutual') and not i.one_click and not (i.kind = 'invitation' and coalesce(i.words, 0) = 0)
            ) as last_out,
            count(*) filter (i.kind = 'message' and i.direction in ('in', 'mutual')) as messages_in,
            count(*) filter (i.kind = 'message' and i.direction in ('out', 'mutual')) as messages_out,
            count(*) as interactions,
            count(*) filter (i.one_click or (i.kind = 'invitation' and coalesce(i.words, 0) = 0)) as clicks,
            count(*) filter ((i.kind = 'invitation' and coalesce(i.words, 0) = 0) and i.direction = 'in') as bare_in,
            count(*) filter ((i.kind = 'invitation' and coalesce(i.words, 0) = 0) and i.direction = 'out') as bare_out,
            count(*) filter (i.kind in ('message', 'call', 'meeting')) as spoken,
            count(*) filter (i.kind = 'message') as written,
            count(*) filter (i.thread_size <= 2) as one_to_one,
            list_sort(list(distinct i.source)) as sources
        from core.interactions i
        semi join mart.known
            on known.owner_id = i.owner_id
            and known.person_id = i.person_id
        where i.at is not null
        group by i.owner_id, i.person_id
    ),
    worded as (
        select
            counted.owner_id,
            counted.person_id,
            list_sort(list(labels.label)) as labels
        from counted
        join mart.labels on list_contains(counted.sources, labels.source)
        group by counted.owner_id, counted.person_id
    ),
    met as (
        select
            owner_id,
            person_id,
            day,
            bool_or(direction = 'in') as they,
            bool_or(direction = 'out') as owner,
            day - lag(day) over (partition by owner_id, person_id order by day) as gap
        from mart.contact_days
        where exchanged
        group by owner_id, person_id, day
    ),
    days as (
        select
            owner_id,
            person_id,
            count(*) as days,
            count(*) filter (they) as days_in,
            count(*) filter (owner) as days_out,
            count(distinct datediff('month', date '1970-01-01', date '1970-01-01' + day))
                as active_months,
            median(gap) as usual_gap
        from met
        group by owner_id, person_id
    )
select
    owner_id,
    person_id,
    counted.first_at,
    counted.last_at,
    counted.first_spoken_at,
    counted.first_spoken_in,
    counted.first_spoken_out,
    counted.last_in,
    counted.last_out,
    counted.messages_in,
    counted.messages_out,
    counted.interactions,
    counted.clicks,
    counted.bare_in,
    counted.bare_out,
    counted.spoken,
    counted.written,
    counted.one_to_one,
    coalesce(days.days, 0) as days,
    coalesce(days.days_in, 0) as days_in,
    coalesce(days.days_out, 0) as days_out,
    coalesce(days.active_months, 0) as active_months,
    days.usual_gap,
    case when len(worded.labels) = 1 then worded.labels[1]
        else array_to_string(worded.labels[1:-2], ', ') || ' and ' || worded.labels[-1]
    end as talked_on
from counted
left join worded using (owner_id, person_id)
left join days using (owner_id, person_id)
