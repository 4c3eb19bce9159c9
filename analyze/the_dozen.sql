-- question: Who are my real ties, and are we both glad of it?
-- columns:
--   owner_id: see owners
--   place: place in the list, the strongest first
--   person_id: see people
--   name: name of the person
--   class: see ties
--   strength: see ties
--   days_in: days on which they acted
--   days_out: days on which you acted
--   last_in: latest time they acted
--   last_out: latest time you acted
--   initiated_by_me: share of conversations that you opened after silent days
--   both_glad: each side opens a fair share of conversations; null with fewer than four
--   pinned: your own tag put the person here
--   evidence: the reasons, as a sentence
-- source: Hargreaves, a dozen real friends; own measurement: about twelve people make up most contact
-- limits: people you live with rarely write; tag them 'pin'
with
    knob as (
        select
            max(value) filter (name = 'dozen') as dozen,
            max(value) filter (name = 'both_glad_low') as low
        from thresholds
    ),
    ranked as (
        select
            ties.owner_id,
            ties.person_id,
            ties.name,
            ties.class,
            ties.strength,
            ties.days_in,
            ties.days_out,
            ties.last_in,
            ties.last_out,
            ties.initiated_by_me,
            conversations.started_by_owner + conversations.started_by_them as started,
            pins.person_id is not null as pinned,
            ties.evidence,
            row_number() over (
                partition by ties.owner_id
                order by pins.person_id is null, ties.strength desc, ties.person_id
            ) as place
        from ties
        left join mart.conversations
            on conversations.owner_id = ties.owner_id
            and conversations.person_id = ties.person_id
        left join (select distinct person_id from tags where tag = 'pin') pins
            on pins.person_id = ties.person_id
        where ties.class <> 'card'
    )
select
    ranked.owner_id,
    ranked.place,
    ranked.person_id,
    ranked.name,
    ranked.class,
    ranked.strength,
    ranked.days_in,
    ranked.days_out,
    ranked.last_in,
    ranked.last_out,
    ranked.initiated_by_me,
    case when ranked.started >= 4
        then ranked.initiated_by_me between knob.low and 1 - knob.low
    end as both_glad,
    ranked.pinned,
    ranked.evidence
from ranked cross join knob
where ranked.place <= knob.dozen
order by ranked.owner_id, ranked.place
