-- question: About whom does the benefit round ask next?
-- columns:
--   place: order of the round, the strongest tie first
--   person_id: see people
--   name: name of the person
--   evidence: the reasons for the tie, as a sentence
--   today: newest day of the data, by which an answer is dated
--   benefits: your tags so far: information, influence, development, support, purpose, balance ...
--   energy: your tag so far, -2 to 2; null without one
--   asks_energy: there is contact enough to ask how time together feels
-- source: Cross & Thomas 2011; 'notworking audit' asks
-- limits: the forty strongest ties; people tagged kin or duty, and those asked about within a quarter, are left out
with
    knob as (
        select
            max(value) filter (name = 'audit_people') as people,
            max(value) filter (name = 'audit_again_days') as again,
            max(value) filter (name = 'energy_least_days') as energy_days
        from thresholds
    ),
    ranked as (
        select
            ties.person_id,
            arg_max(ties.name, ties.strength) as name,
            arg_max(ties.evidence, ties.strength) as evidence,
            max(ties.days_in + ties.days_out) as days,
            max(date '1970-01-01' + now.day) as today,
            row_number() over (order by max(ties.strength) desc, ties.person_id) as place
        from ties
        join mart.now on now.owner_id = ties.owner_id
        where ties.class <> 'card'
            and ties.person_id not in (select person_id from tags where tag in ('kin', 'duty'))
        group by ties.person_id
    ),
    said as (
        select
            person_id,
            list(substr(tag, 9) order by tag) filter (tag like 'benefit:%') as benefits,
            max(try_cast(substr(tag, 8) as integer)) filter (tag like 'energy:%') as energy,
            max(try_cast(substr(tag, 9) as date)) filter (tag like 'audited:%') as asked_on
        from tags
        group by person_id
    )
select
    ranked.place,
    ranked.person_id,
    coalesce(ranked.name, '(no name)') as name,
    ranked.evidence,
    ranked.today,
    coalesce(said.benefits, []) as benefits,
    said.energy,
    ranked.days >= knob.energy_days as asks_energy
from ranked
cross join knob
left join said using (person_id)
where ranked.place <= knob.people
    and (said.asked_on is null or ranked.today - said.asked_on >= knob.again)
order by ranked.place
