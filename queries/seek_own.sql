-- The user's own words about people; marks that only steer the analyses left out.
select person_id, 'tag' as field, tag as text, noted_at
from tags
where not regexp_matches(tag, '^(class|energy|outcome|gender|audited|met-through|needs):')
    and tag not in ('pin', 'leave', 'exclude', 'kin', 'duty')
union all
select person_id, 'note', text, noted_at
from notes
order by person_id, field, noted_at, text
