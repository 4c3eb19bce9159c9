-- Imports came after the one named by nw_taken: what people were before it is what they were before
-- the next one (nw_next), since nothing lies between any more.
delete from core.person_journal
where import_id = getvariable('nw_next')
    and contact_id in (
        select contact_id from core.person_journal where import_id = getvariable('nw_taken'));
update core.person_journal set import_id = getvariable('nw_next')
where import_id = getvariable('nw_taken');
update core.person_redirects set import_id = getvariable('nw_next')
where import_id = getvariable('nw_taken');
delete from core.owner_journal where import_id = getvariable('nw_next');
update core.owner_journal set import_id = getvariable('nw_next')
where import_id = getvariable('nw_taken');

delete from core.settings
where owner_id <> 0 and owner_id not in (select owner_id from main.imports);
delete from main.owners where owner_id not in (select owner_id from main.imports);
-- A name that the exports gave is derived again from those that stay.
update main.owners set name = null where not is_given;
