-- question: How many days of contact, of which sort, in each month?
-- columns:
--   owner_id: see owners
--   month: first day of the month
--   days: days spent with somebody, each person counted, one click excluded
--   private: of these, with nobody else in at least one conversation
--   small_group: of these, at best with three to five members
--   large_group: of these, only with six or more
--   in_person: of these, with a meeting
--   out_days: of these, on which the owner acted
--   new_days: of the latter, with people known for less than 90 days
-- adds: owner_id, month
-- source: plain counts
with
    since as (
        select
            known.owner_id,
            known.person_id,
            least(
                min(d.day),
                ((epoch_us(any_value(known.connected_at)) + any_value(clocks.offset_us)) // 86400000000)
            ) as first_day
        from mart.known
        join mart.clocks using (owner_id)
        join mart.contact_days d using (owner_id, person_id)
        group by known.owner_id, known.person_id
    ),
    met as (
        select
            owner_id,
            person_id,
            day,
            min(smallest) as smallest,
            bool_or(met) as met,
            bool_or(direction = 'out') as by_owner
        from mart.contact_days
        where exchanged
        group by owner_id, person_id, day
    )
select
    met.owner_id,
    date_trunc('month', date '1970-01-01' + met.day)::date as month,
    count(*) as days,
    count(*) filter (met.smallest <= 2) as private,
    count(*) filter (met.smallest between 3 and 5) as small_group,
    count(*) filter (met.smallest >= 6) as large_group,
    count(*) filter (met.met) as in_person,
    count(*) filter (met.by_owner) as out_days,
    count(*) filter (met.by_owner and met.day - since.first_day < 90) as new_days
from met
join since using (owner_id, person_id)
group by all
