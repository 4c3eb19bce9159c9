-- The circle each tie belongs to.
-- Parameter: owner.
select person_id, circle from bridges where owner_id = $owner and circle is not null
