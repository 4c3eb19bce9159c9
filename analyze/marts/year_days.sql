-- question: How many days of contact, of which sort, in each year back from now?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   years_back: 0 for the last 365 days, 1 for the 365 before ...
--   days: contact days in either direction, one click excluded
--   private: of these, with nobody else in at least one conversation
--   small_group: of these, at best with three to five members
--   large_group: of these, only with six or more
--   in_person: of these, with a meeting
-- each: person
-- source: plain counts
with
    met as (
        select
            d.owner_id,
            d.person_id,
            (now.day - d.day) // 365 as years_back,
            d.day,
            min(d.smallest) as smallest,
            bool_or(d.met) as met
        from mart.contact_days d
        join mart.now using (owner_id)
        where d.exchanged
        group by all
    )
select
    owner_id,
    person_id,
    years_back::integer as years_back,
    count(*) as days,
    count(*) filter (smallest <= 2) as private,
    count(*) filter (smallest between 3 and 5) as small_group,
    count(*) filter (smallest >= 6) as large_group,
    count(*) filter (met) as in_person
from met
group by owner_id, person_id, years_back
