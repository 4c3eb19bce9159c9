-- Contact with each person by month (UTC; months since the year 0), clicks left out.
-- Parameter: owner.
select person_id,
    year("at" at time zone 'UTC') * 12 + month("at" at time zone 'UTC') - 1 as month,
    count(*) filter (direction in ('in', 'mutual')) as them,
    count(*) filter (direction in ('out', 'mutual')) as you
from core.interactions
where owner_id = $owner and isfinite("at") and not one_click
group by all
order by person_id, month
