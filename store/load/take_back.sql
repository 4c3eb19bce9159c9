-- Take the import named by nw_taken out of raw and the books. What another import showed as well
-- stays: a later file of the same content, or one that showed the same rows, takes over.
create or replace temp table taken_files as
select s.file_id
from main.source_files s
where s.import_id = getvariable('nw_taken');

-- A later file of the same content was not read again: it becomes the one that was read.
create or replace temp table heirs as
select f.file_id, min(s.file_id) as heir
from raw.files f
join taken_files using (file_id)
join main.source_files s
    on s.sha256 = f.sha256 and s.kind = f.importer and s.status = 'unchanged'
join main.imports i on i.import_id = s.import_id and i.owner_id = f.owner_id
where s.import_id <> getvariable('nw_taken')
group by f.file_id;

-- Files that were refused: their rejects are kept once per content.
create or replace temp table reject_heirs as
select t.file_id, min(s.file_id) as heir
from main.source_files t
join taken_files using (file_id)
join main.source_files s on s.sha256 = t.sha256 and s.status = t.status
where t.status = 'failed' and s.import_id <> getvariable('nw_taken')
    and t.file_id in (select file_id from main.rejects)
group by t.file_id;

update main.source_files s
set status = 'loaded', rows_loaded = t.rows_loaded, rows_unchanged = t.rows_unchanged
from heirs h
join main.source_files t on t.file_id = h.file_id
where s.file_id = h.heir;

update main.imports i
set rows_loaded = f.rows_loaded, rows_unchanged = f.rows_unchanged
from (
    select import_id, sum(rows_loaded) as rows_loaded, sum(rows_unchanged) as rows_unchanged
    from main.source_files
    group by import_id
) f
where f.import_id = i.import_id
    and i.import_id in (
        select s.import_id from main.source_files s join heirs h on h.heir = s.file_id);

insert into raw.files
select h.heir, f.owner_id, f.importer, f.sha256, f.as_of, f.complete
from raw.files f
join heirs h using (file_id);

update raw.sightings g set file_id = h.heir from heirs h where h.file_id = g.file_id;
update raw.events e set file_id = h.heir from heirs h where h.file_id = e.file_id;
update raw.event_sightings g set file_id = h.heir from heirs h where h.file_id = g.file_id;
update raw.stages e set file_id = h.heir from heirs h where h.file_id = e.file_id;
update raw.stage_sightings g set file_id = h.heir from heirs h where h.file_id = g.file_id;
update raw.party_names n set file_id = h.heir from heirs h where h.file_id = n.file_id;
update raw.threads t set file_id = h.heir from heirs h where h.file_id = t.file_id;
update main.rejects r set file_id = h.heir
from (from heirs union all from reject_heirs) h
where h.file_id = r.file_id;

delete from raw.sightings where file_id in (from taken_files);
delete from raw.entries where entry_id not in (select entry_id from raw.sightings);

delete from raw.event_sightings where file_id in (from taken_files);
create or replace temp table next_events as
select g.event_id, min(g.file_id) as file_id
from raw.event_sightings g
join raw.events e using (event_id)
where e.file_id in (from taken_files)
group by g.event_id;
update raw.events e set file_id = n.file_id from next_events n where n.event_id = e.event_id;
delete from raw.event_sightings where (event_id, file_id) in (select (event_id, file_id) from next_events);
delete from raw.events where file_id in (from taken_files);
delete from raw.hints where event_id not in (select event_id from raw.events);
delete from raw.beginnings where event_id not in (select event_id from raw.events);

delete from raw.stage_sightings where file_id in (from taken_files);
create or replace temp table next_stages as
select g.stage_id, min(g.file_id) as file_id
from raw.stage_sightings g
join raw.stages e using (stage_id)
where e.file_id in (from taken_files)
group by g.stage_id;
update raw.stages e set file_id = n.file_id from next_stages n where n.stage_id = e.stage_id;
delete from raw.stage_sightings where (stage_id, file_id) in (select (stage_id, file_id) from next_stages);
delete from raw.stages where file_id in (from taken_files);

delete from raw.party_names where file_id in (from taken_files);
delete from raw.threads where file_id in (from taken_files);
delete from main.rejects where file_id in (from taken_files);
delete from raw.files where file_id in (from taken_files);
delete from main.source_files where import_id = getvariable('nw_taken');
delete from main.imports where import_id = getvariable('nw_taken');

-- People go back to what they were, so that what was recognised last says nothing any more.
delete from core.settings where owner_id = 0 and name = 'resolved';
