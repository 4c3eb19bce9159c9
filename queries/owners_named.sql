-- The owners, and which of them a name means.
-- Parameter: name, or null.
select owner_id, name, coalesce(core.name_key(name) = core.name_key($name), false) as is_meant
from owners
order by owner_id
