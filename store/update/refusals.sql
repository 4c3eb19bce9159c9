-- Why the vicinity of this run cannot be told from what is loaded: something that reaches all others.
select reason
from (
    select 'entries of a list' as reason where exists (from merged_entries)
    union all
    select 'stages of the owner''s life' where exists (from new_stages)
    union all
    select 'a complete list' where exists (
        from raw.files semi join stage_files using (file_id) where complete)
    union all
    select 'notes of invitations' where exists (
        from told_events where kind = 'invitation' and trim(text) <> '')
    union all
    select 'a large part of all events'
    where (select count(*) from new_events) * 10 > (select count(*) from raw.events)
);
