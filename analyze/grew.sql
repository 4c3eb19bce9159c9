-- question: Whose job has grown since we met?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   old_title: title in the older export
--   new_title: title in the newer export
--   steps: levels risen, by the list of words in thresholds
--   noticed_at: date of the newer export
--   class: see ties
-- source: the digest on what you can do for your network; levels from the words of the title
-- limits: a word list; titles lie across firms; only changes between two of your exports are seen
select
    ties.owner_id,
    ties.person_id,
    ties.name,
    changes.old as old_title,
    changes.new as new_title,
    after.level - before.level as steps,
    changes.noticed_at,
    ties.class
from changes
join contacts on contacts.contact_id = changes.contact_id
join ties on ties.owner_id = contacts.owner_id and ties.person_id = changes.person_id
join mart.title_levels before on before.title = changes.old
join mart.title_levels after on after.title = changes.new
where changes.field = 'title' and after.level > before.level
order by ties.owner_id, changes.noticed_at desc, steps desc, ties.person_id
