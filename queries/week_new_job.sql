-- New jobs that nothing was said about yet, as suggestions. An export is made after the last message
-- in it, so that the day it was noticed may lie after the newest date in the data.
select n.owner_id, 'new_job' as kind, n.person_id, n.name, n.noticed_on || ' ' || n.new as occasion,
    n.noticed_on as on_date,
    'New job, first seen in the export of ' || n.noticed_on || ': ' || n.new || ' (was ' || n.old
        || ').' as reason,
    t.evidence, -t.strength as worth
from news n
join ties t using (owner_id, person_id)
join mart.now w using (owner_id)
where n.kind = 'job' and t.ring <= 4
    and w.day - (n.noticed_on - date '1970-01-01')
        <= (select value from thresholds where name = 'news_days')
    and not exists (
        from mart.contact_days d
        where d.owner_id = n.owner_id and d.person_id = n.person_id and d.direction = 'out'
            and d.day >= n.noticed_on - date '1970-01-01')
