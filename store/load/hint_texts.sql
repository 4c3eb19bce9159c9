-- Texts of the events that are looked at, where somebody wrote them to somebody, between two places.
select event_id, text
from told_places
where place >= $low and place < $high
    and text is not null and trim(text) <> '' and not coalesce(one_click, false)
    and kind in ('message', 'invitation', 'comment', 'wall_post')
