-- question: Where could I step back?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   class: see ties
--   days: contact days in the last 365
--   share: of all contact days
--   why: drains (your tag), nothing_seen (no benefit, no lift, no favour either way, no bridge) or overlap (each benefit comes from three others as well)
--   would_be_lost: what only this person gives: a bridge, a benefit; null where nothing is known
--   evidence: the reasons for the tie, as a sentence
-- source: Cross & Thomas 2011: de-layer
-- limits: you decide; shown only once you tagged benefits or energy (notworking audit); people tagged kin or duty are left out
with
    knob as (
        select
            max(value) filter (name = 'step_back_share') as least_share,
            max(value) filter (name = 'step_back_overlap') as overlap,
            max(value) filter (name = 'alive_enough') as enough,
            max(value) filter (name = 'giving_days') as giving_days
        from thresholds
    ),
    met as (
        select
            owner_id,
            person_id,
            days,
            days / sum(days) over (partition by owner_id) as share
        from mart.year_days
        where years_back = 0
    ),
    own as (
        select
            person_id,
            coalesce(bool_or(tag like 'energy:-%'), false) as drains,
            coalesce(bool_or(tag in ('energy:1', 'energy:2')), false) as lifts,
            coalesce(bool_or(tag like 'audited:%' or tag like 'benefit:%' or tag like 'energy:%'),
                false) as asked,
            coalesce(bool_or(tag in ('kin', 'duty', 'exclude', 'pin')), false) as exempt
        from tags
        group by person_id
    ),
    provided as (
        select distinct ties.owner_id, ties.person_id, substr(tags.tag, 9) as benefit,
            ties.class not in ('card', 'dormant') and ties.alive >= knob.enough as living
        from tags
        join ties on ties.person_id = tags.person_id
        cross join knob
        where tags.tag like 'benefit:%'
    ),
    others as (
        select
            provided.owner_id,
            provided.person_id,
            provided.benefit,
            count(*) filter (other.living) as others
        from provided
        left join provided other
            on other.owner_id = provided.owner_id and other.benefit = provided.benefit
            and other.person_id <> provided.person_id
        group by provided.owner_id, provided.person_id, provided.benefit
    ),
    benefits as (
        select
            owner_id,
            person_id,
            min(others) as fewest,
            string_agg(benefit, ', ' order by benefit) filter (others = 0) as only_here
        from others
        group by owner_id, person_id
    ),
    favoured as (
        select distinct favours.owner_id, favours.person_id
        from favours
        join mart.now on now.owner_id = favours.owner_id
        cross join knob
        where epoch_us(now."at") - epoch_us(favours."at") < knob.giving_days * 8.64e10
    ),
    judged as (
        select
            ties.owner_id,
            ties.person_id,
            ties.name,
            ties.class,
            met.days,
            met.share,
            case
                when own.drains then 'drains'
                when benefits.fewest >= knob.overlap and not own.lifts then 'overlap'
                when benefits.person_id is null and not own.lifts
                    and favoured.person_id is null and not coalesce(ties.is_bridge, false)
                then 'nothing_seen'
            end as why,
            concat_ws('; ',
                case when ties.is_bridge then 'a bridge to others' end,
                'the only one for ' || benefits.only_here
            ) as lost,
            ties.evidence
        from met
        join ties on ties.owner_id = met.owner_id and ties.person_id = met.person_id
        join own on own.person_id = met.person_id and own.asked and not own.exempt
        left join benefits
            on benefits.owner_id = met.owner_id and benefits.person_id = met.person_id
        left join favoured
            on favoured.owner_id = met.owner_id and favoured.person_id = met.person_id
        cross join knob
        where met.share >= knob.least_share
    )
select
    owner_id,
    person_id,
    name,
    class,
    days,
    round(share, 4) as share,
    why,
    nullif(lost, '') as would_be_lost,
    evidence
from judged
where why is not null
order by owner_id, share desc, person_id
