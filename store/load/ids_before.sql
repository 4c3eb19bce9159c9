-- Which person every contact is before people are recognised anew.
create or replace temp table ids_before as
from core.person_of;
