-- question: With whom do I speak alone, and whom do I only ever meet in groups?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   days: contact days in the last 365
--   private: share of these with nobody else in at least one conversation
--   small_group: share at best with three to five members
--   large_group: share only with six or more
--   in_person: share with a meeting in the calendar
--   only_in_groups: you never had a word alone, in all the data: take this person aside
-- source: Sonnenberg, one on one; the digest on face time
-- limits: meetings are seen only if a calendar was imported; shares of a few days say little
with
    ever as (
        select owner_id, person_id, sum(private) as private
        from mart.year_days
        group by owner_id, person_id
    )
select
    y.owner_id,
    y.person_id,
    people.name,
    y.days,
    round(y.private / y.days, 4) as private,
    round(y.small_group / y.days, 4) as small_group,
    round(y.large_group / y.days, 4) as large_group,
    round(y.in_person / y.days, 4) as in_person,
    ever.private = 0 as only_in_groups
from mart.year_days y
join ever using (owner_id, person_id)
join people using (person_id)
where y.years_back = 0
order by y.owner_id, y.days desc, y.person_id
