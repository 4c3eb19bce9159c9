-- Texts of the events that are new in this run, where somebody wrote them to somebody.
select event_id, text
from new_events
where text is not null and trim(text) <> '' and not coalesce(one_click, false)
    and kind in ('message', 'invitation', 'comment', 'wall_post')
