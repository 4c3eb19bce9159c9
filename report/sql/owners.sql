-- Everybody whose exports are in the database.
select owner_id, name from owners order by owner_id
