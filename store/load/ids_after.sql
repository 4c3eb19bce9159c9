-- What recognising people changed since the import nw_import began: undo goes back to it.
insert into core.person_journal
select getvariable('nw_import'), coalesce(n.contact_id, b.contact_id), b.person_id
from core.person_of n
full join ids_before b using (contact_id)
where n.person_id is distinct from b.person_id
    and coalesce(n.contact_id, b.contact_id) not in (
        select contact_id from core.person_journal where import_id = getvariable('nw_import'));
drop table ids_before;
