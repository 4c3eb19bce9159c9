-- Where the owners themselves worked, studied or belonged.
select distinct organisation, started, ended
from raw.stages
where kind <> 'event'
order by organisation, started, ended
