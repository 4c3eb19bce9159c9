-- Every question that can be asked.
select name, question, source
from analyses
order by name
