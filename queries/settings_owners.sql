-- The owners, with the country of their phone numbers where they stated one.
select o.name, s.value as region
from owners o
left join core.settings s on s.owner_id = o.owner_id and s.name = 'region'
order by o.owner_id
