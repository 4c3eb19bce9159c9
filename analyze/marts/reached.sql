-- question: Whom of the owner's ties do others reach, and how nearly?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   seen_with: see holes
--   closest: see holes
-- source: the columns of holes that do not hang on all other ties
select owner_id, person_id, seen_with, closest
from mart.holes
