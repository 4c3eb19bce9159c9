-- question: Who has not answered me, and should I let it rest?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   class: see ties
--   streak: messages of yours in a row since their latest sign
--   first_at: first of these
--   last_at: latest of these
--   recent: how many of them fall into the last 60 days before the latest
--   let_it_rest: so many in so short a time that it is better to wait
-- source: Sonnenberg: do not push
-- limits: answered elsewhere, or by voice, looks unanswered here; only what you wrote to this person alone counts
with
    knob as (
        select
            max(value) filter (name = 'rest_after') as rest_after,
            max(value) filter (name = 'rest_within_days') as rest_within
        from thresholds
    )
select
    unanswered.owner_id,
    unanswered.person_id,
    ties.name,
    ties.class,
    unanswered.streak,
    unanswered.first_at,
    unanswered.last_at,
    len(list_filter(
        unanswered.moments,
        lambda moment: epoch_us(moment) > epoch_us(unanswered.last_at) - knob.rest_within * 8.64e10
    )) as recent,
    recent >= knob.rest_after as let_it_rest
from mart.unanswered
join ties on ties.owner_id = unanswered.owner_id and ties.person_id = unanswered.person_id
cross join knob
order by unanswered.owner_id, let_it_rest desc, unanswered.last_at desc, unanswered.person_id
