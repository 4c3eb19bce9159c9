-- How much was said each way with one person, year by year (UTC).
-- Parameter: person_id.
select date_part('year', i."at" at time zone 'UTC')::integer as year,
    count(*) filter (direction in ('in', 'mutual')) as from_them,
    count(*) filter (direction in ('out', 'mutual')) as from_you,
    array_to_string(list_sort(list_distinct(list(source))), ', ') as sources
-- The published view would look for every text; whose rows count is said by owners.
from core.interactions i
where person_id = ? and i."at" is not null and owner_id in (select owner_id from owners)
group by 1 order by 1
