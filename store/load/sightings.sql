-- Events and stages of this run that another file had shown first: undo needs to know.
insert into raw.event_sightings
select distinct e.event_id, s.file_id
from stage_events s
join stage_files f using (file_id)
join raw.events e
    on e.event_id = coalesce(
        s.event_id, core.stable_id(concat_ws('|', f.owner_id, f.source, s.kind, s."key")))
where e.file_id <> s.file_id;

insert into raw.stage_sightings
select distinct g.stage_id, s.file_id
from stage_stages s
join stage_files f using (file_id)
join raw.stages g
    on g.stage_id = core.stable_id(concat_ws('|', f.owner_id, f.source,
        to_json(struct_pack(s.kind, s.organisation, s.title, s.started, s.ended))::varchar))
where g.file_id <> s.file_id;
