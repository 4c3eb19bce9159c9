-- What else pointed at the contacts of forget_contacts, or at rows that are gone.
delete from raw.sightings where entry_id not in (select entry_id from raw.entries);
delete from raw.event_sightings where event_id not in (select event_id from raw.events);
delete from raw.hints where event_id not in (select event_id from raw.events);
delete from raw.beginnings
where event_id not in (select event_id from raw.events)
    or name_hash in (select md5_number_lower(core.name_key(name)) from their_names);
delete from raw.party_names n
where exists (from marked p where p.forgotten and p.owner_id = n.owner_id and p.source = n.source
    and p."key" = n."key");
delete from main.dismissed_hints where event_id not in (select event_id from raw.events);
delete from main.decisions
where contact_a in (from forget_contacts) or contact_b in (from forget_contacts);
delete from main.suggestions_answered where contact_id in (from forget_contacts);
delete from main.tags
where contact_id in (from forget_contacts) or person_id = getvariable('nw_person');
delete from main.notes
where contact_id in (from forget_contacts) or person_id = getvariable('nw_person');
delete from core.person_of where contact_id in (from forget_contacts);
delete from core.person_journal where contact_id in (from forget_contacts);
delete from core.person_redirects
where new_id = getvariable('nw_person') or old_id = getvariable('nw_person');
