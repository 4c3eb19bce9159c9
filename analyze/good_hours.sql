-- question: When, and where, is a good time to write to each person?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   answers: answers within a day that this rests on
--   channel: where most of these came
--   channel_share: share of them there
--   from_hour: start of the four hours of the day with most answers, by your clock
--   hours_share: share of the answers within these four hours
-- source: Sonnenberg: a convenient time, work or home; a courtesy measure that says nothing of strength
-- limits: hours are by your clock, not by theirs; set utc_offset_hours in thresholds
with
    knob as (
        select max(value) filter (name = 'good_hours_least') as least_answers from thresholds
    ),
    hours as materialized (
        select owner_id, person_id, source, hour, count(*) as answers
        from mart.replies
        where direction = 'in' and hours <= 24
        group by owner_id, person_id, source, hour
    ),
    whole as (
        select owner_id, person_id, sum(answers)::bigint as answers
        from hours
        group by owner_id, person_id
    ),
    channels as (
        select owner_id, person_id, source, sum(answers)::bigint as answers
        from hours
        group by owner_id, person_id, source
    ),
    best_channel as (
        select
            owner_id,
            person_id,
            max(answers) as answers,
            arg_max(source, (answers, source)) as source
        from channels
        group by owner_id, person_id
    ),
    stretches as (
        select
            r.owner_id,
            r.person_id,
            (r.hour + 24 - step.back) % 24 as from_hour,
            sum(r.answers)::bigint as answers
        from hours r
        semi join (
            select whole.owner_id, whole.person_id
            from whole cross join knob
            where whole.answers >= knob.least_answers
        ) enough on enough.owner_id = r.owner_id and enough.person_id = r.person_id
        cross join (values (0), (1), (2), (3)) step (back)
        group by all
    ),
    best_hours as (
        select
            owner_id,
            person_id,
            max(answers) as answers,
            arg_max(from_hour, (answers, -from_hour)) as from_hour
        from stretches
        group by owner_id, person_id
    )
select
    whole.owner_id,
    whole.person_id,
    people.name,
    whole.answers,
    spans.label as channel,
    round(best_channel.answers / whole.answers, 4) as channel_share,
    best_hours.from_hour,
    round(best_hours.answers / whole.answers, 4) as hours_share
from whole
join best_hours using (owner_id, person_id)
join best_channel using (owner_id, person_id)
join people using (person_id)
left join mart.spans
    on spans.owner_id = whole.owner_id and spans.source = best_channel.source
order by whole.owner_id, whole.answers desc, whole.person_id
