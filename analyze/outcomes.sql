-- question: What came from whom?
-- columns:
--   owner_id: see owners
--   outcome: what you tagged, such as job, client, answer or help
--   person_id: through whom, see people
--   name: their name
--   noted_on: day of your tag
--   class_then: class by the contact days until then: inner (52 in the year before), strong (12), weak, dormant (a year of silence) or card
--   class: class now, see ties
--   days_before: contact days until then
--   last_before: latest of these; null without any
--   evidence: the reasons for the tie, as a sentence
-- source: Granovetter 1973 and others: a third of jobs; your own tags outcome:WHAT
-- limits: memory; the day of the tag stands for the day of the outcome
with
    knob as (
        select
            max(value) filter (name = 'inner_per_year') as inner_days,
            max(value) filter (name = 'close_per_year') as strong_days,
            max(value) filter (name = 'dormant_after_days') as dormant_after
        from thresholds
    ),
    noted as (
        select
            ties.owner_id,
            ties.person_id,
            ties.name,
            ties.class,
            ties.evidence,
            substr(tags.tag, 9) as outcome,
            ((epoch_us(min(tags.noted_at)) + any_value(now.offset_us)) // 86400000000)::integer as day
        from tags
        join ties on ties.person_id = tags.person_id
        join mart.now on now.owner_id = ties.owner_id
        where tags.tag like 'outcome:%'
        group by all
    ),
    met as (
        select
            noted.owner_id,
            noted.person_id,
            noted.outcome,
            count(distinct d.day) as days,
            count(distinct d.day) filter (noted.day - d.day < 365) as year_days,
            count(distinct d.direction) = 2 as two_way,
            max(d.day) as last_day
        from noted
        join mart.contact_days d
            on d.owner_id = noted.owner_id and d.person_id = noted.person_id
            and d.exchanged and d.day <= noted.day
        group by noted.owner_id, noted.person_id, noted.outcome
    )
select
    noted.owner_id,
    noted.outcome,
    noted.person_id,
    noted.name,
    date '1970-01-01' + noted.day as noted_on,
    case
        when not coalesce(met.two_way, false) then 'card'
        when noted.day - met.last_day > knob.dormant_after then 'dormant'
        when met.year_days >= knob.inner_days then 'inner'
        when met.year_days >= knob.strong_days then 'strong'
        else 'weak'
    end as class_then,
    noted.class,
    coalesce(met.days, 0) as days_before,
    date '1970-01-01' + met.last_day as last_before,
    noted.evidence
from noted
left join met using (owner_id, person_id, outcome)
cross join knob
order by noted.owner_id, noted.outcome, noted_on, noted.person_id
