-- The contents that an owner's imports met: digest, or path where it could not be read. What a
-- former version could not read is worth another try.
-- Parameters: owner, or null for all; version, of this program.
select f.sha256, f.path
from source_files f
join imports i using (import_id)
where (i.owner_id = $owner or $owner is null)
    and (f.status in ('loaded', 'unchanged', 'ignored') or i.version = $version)
