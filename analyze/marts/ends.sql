-- question: Until when could each source have shown contact?
-- columns:
--   owner_id: see owners
--   source: see interactions
--   shows_talk: see spans
--   ends_at: see spans
-- source: the columns of spans that say nothing of how much there is, so that more of the same changes nothing here
select owner_id, source, shows_talk, ends_at
from mart.spans
