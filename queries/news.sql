-- What changed between exports, newest first.
-- Parameters: owner, or null for all; since, a date, or null.
select news.noticed_on, owners.name as owner, news.kind, news.name, news.source, news.old, news.new,
    news.evidence, news.person_id
from news
join owners using (owner_id)
where (news.owner_id = $owner or $owner is null)
    and (news.noticed_on >= $since::date or $since is null)
order by news.noticed_on desc, news.owner_id,
    list_position(['lost', 'name', 'job', 'new', 'contact', 'closer', 'drifted'], news.kind),
    news.strength desc nulls last, news.person_id, news.source
