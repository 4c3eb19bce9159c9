-- Nothing came after the import named by nw_taken: people and owners go back to what they were.
delete from core.person_of
where contact_id in (
    select contact_id from core.person_journal where import_id = getvariable('nw_taken'));
insert into core.person_of
select contact_id, person_id
from core.person_journal
where import_id = getvariable('nw_taken') and person_id is not null;
delete from core.person_redirects where import_id = getvariable('nw_taken');
delete from core.person_journal where import_id = getvariable('nw_taken');

delete from core.settings
where owner_id in (select owner_id from main.owners) and name = 'region';
insert into core.settings
select owner_id, 'region', region
from core.owner_journal
where import_id = getvariable('nw_taken') and region is not null;
delete from main.owners
where owner_id not in (
    select owner_id from core.owner_journal where import_id = getvariable('nw_taken'));
update main.owners o
set name = j.name, is_given = j.is_given
from core.owner_journal j
where j.import_id = getvariable('nw_taken') and j.owner_id = o.owner_id;
delete from core.owner_journal where import_id = getvariable('nw_taken');
