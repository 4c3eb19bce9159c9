-- question: Do I speak more with people alone or in groups, month by month?
-- columns:
--   owner_id: see owners
--   month: first day of the month
--   days: contact days, each person counted
--   private: share of these with nobody else in at least one conversation
--   small_group: share at best with three to five members
--   large_group: share only with six or more
--   in_person: share with a meeting in the calendar
-- source: Sonnenberg, one on one; the digest on face time
-- limits: meetings are seen only if a calendar was imported
select
    owner_id,
    month,
    days,
    round(private / days, 4) as private,
    round(small_group / days, 4) as small_group,
    round(large_group / days, 4) as large_group,
    round(in_person / days, 4) as in_person
from mart.months
order by owner_id, month
