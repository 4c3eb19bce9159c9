-- question: Whom am I about to lose?
-- columns:
--   owner_id: see owners
--   place: place in the list, the greatest loss first
--   person_id: see people
--   name: name of the person
--   ring: ring a quarter ago
--   last_contact: latest interaction, one click excluded
--   usual_gap_days: median days from one contact day to the next; null with a single one
--   due: day by which the next contact was to be expected
--   overdue: silence over the usual gap; null with a single contact day
--   fallen: so long overdue that most ties have ended by then
--   loss: chance to be in touch lost over the quarter, times the strength then
--   evidence: the reasons, as a sentence
-- source: Sonnenberg, keep in touch; Navarro et al. 2017 for the silence after which ties end
-- limits: silence here is not silence elsewhere; people whose data end early are left out
with
    knob as (
        select
            max(value) filter (name = 'drift_cap') as cap,
            max(value) filter (name = 'drift_fallen') as fallen,
            max(value) filter (name = 'ring1_interval_days') as ring1,
            max(value) filter (name = 'ring2_interval_days') as ring2,
            max(value) filter (name = 'ring3_interval_days') as ring3,
            max(value) filter (name = 'ring4_interval_days') as ring4
        from thresholds
    ),
    awaited as (
        select
            ties.owner_id,
            ties.person_id,
            ties.name,
            before.ring,
            greatest(ties.last_in, ties.last_out) as last_contact,
            ((epoch_us(greatest(ties.last_in, ties.last_out)) + now.offset_us) // 86400000000)::integer
                as last_day,
            now.day as today,
            ties.usual_gap_days,
            ties.overdue,
            ties.evidence,
            (before.alive - ties.alive) * before.strength as loss,
            greatest(
                case before.ring
                    when 1 then knob.ring1
                    when 2 then knob.ring2
                    when 3 then knob.ring3
                    else knob.ring4
                end,
                2 * coalesce(ties.usual_gap_days, 0)
            )::integer as interval_days,
            knob.cap,
            knob.fallen
        from ties
        join past_ties before
            on before.owner_id = ties.owner_id and before.person_id = ties.person_id
            and before.back = 91
        join mart.now on now.owner_id = ties.owner_id
        cross join knob
        where ties.class <> 'card' and before.ring is not null and not ties.hidden
    ),
    late as (
        select
            *,
            row_number() over (partition by owner_id order by loss desc, person_id) as place
        from awaited
        where last_day + interval_days <= today and loss > 0
    )
select
    owner_id,
    place,
    person_id,
    name,
    ring,
    last_contact,
    usual_gap_days,
    date '1970-01-01' + (last_day + interval_days) as due,
    case when usual_gap_days is not null then overdue end as overdue,
    usual_gap_days is not null and overdue > fallen as fallen,
    round(loss, 4) as loss,
    evidence
from late
where place <= cap
order by owner_id, place
