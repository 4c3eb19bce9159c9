-- Members of conversations, over all files that tell of them.
delete from core.members;
insert into core.members
select distinct t.owner_id, t.source, t.thread_key, core.ref(m.member."key", m.member."name")
from raw.threads t, unnest(t.members) as m(member)
where core.ref(m.member."key", m.member."name") is not null;
