-- question: Which dormant ties are worth a call?
-- columns:
--   owner_id: see owners
--   place: place in the list, the best first
--   person_id: see people
--   name: name of the person
--   best_days: most contact days within a year that you two ever had
--   strength_then: strength when you last spoke
--   last_contact: latest interaction, one click excluded
--   grew: a job title rose since (see grew)
--   elsewhere: you share no group now, so there is more to hear
--   worth: strength then, raised for each of the two
--   evidence: the reasons, as a sentence
-- source: Levin et al. 2011: reconnected ties gave advice as good as current ones; Walter et al. 2015: people wrongly choose the most familiar
-- limits: some silences are chosen: tag such a person 'leave'
with
    knob as (
        select
            max(value) filter (name = 'waking_bonus') as bonus,
            max(value) filter (name = 'regular_days') as regular_days
        from thresholds
    ),
    shared as (
        select distinct d.owner_id, d.person_id
        from mart.shared_days d
        join mart.now using (owner_id)
        where now.day - d.day < 365
    ),
    asleep as (
        select
            ties.owner_id,
            ties.person_id,
            ties.name,
            greatest(ties.last_in, ties.last_out) as last_contact,
            ties.evidence,
            peaks.best_days,
            peaks.s as strength_then,
            risen.person_id is not null as grew,
            shared.person_id is null as elsewhere,
            peaks.s * (
                1 + knob.bonus * ((risen.person_id is not null)::integer
                    + (shared.person_id is null)::integer)
            ) as worth
        from ties
        join mart.peaks on peaks.owner_id = ties.owner_id and peaks.person_id = ties.person_id
        cross join knob
        left join shared on shared.owner_id = ties.owner_id and shared.person_id = ties.person_id
        left join (select distinct owner_id, person_id from grew) risen
            on risen.owner_id = ties.owner_id and risen.person_id = ties.person_id
        where ties.class = 'dormant' and peaks.best_days >= knob.regular_days
            and ties.person_id not in (select person_id from tags where tag = 'leave')
    )
select
    owner_id,
    row_number() over (partition by owner_id order by worth desc, person_id) as place,
    person_id,
    name,
    best_days,
    round(strength_then, 4) as strength_then,
    last_contact,
    grew,
    elsewhere,
    round(worth, 4) as worth,
    evidence
from asleep
order by owner_id, place
