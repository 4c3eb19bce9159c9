-- question: With whom does only one of us owners have a living tie?
-- columns:
--   owner_id: the one, see owners
--   owner: their name
--   person_id: see people
--   name: name of the person
--   class: see ties
--   alive: chance to be in touch within a year
--   company: see people
--   only_at_company: nobody else there is a living tie of any owner; null where no company is known
--   cards_of: other owners who hold the person as a card or a dormant tie; null if none
--   evidence: the reasons, as a sentence
-- source: after Burt 1992: the only tie of a group is a bridge, and falls with one person
-- limits: nothing to say while the database has one owner; companies are compared as written
with
    living as (
        select
            ties.*,
            people.company,
            lower(trim(people.company)) as company_key,
            count(*) over (partition by ties.person_id) as owners_with
        from ties
        join people on people.person_id = ties.person_id
        where ties.class in ('inner', 'strong', 'weak') and not people.is_owner
            and (select count(*) from owners) > 1
    ),
    staff as (
        select company_key, count(distinct person_id) as people
        from living
        where company_key <> ''
        group by company_key
    )
select
    living.owner_id,
    owners.name as owner,
    living.person_id,
    living.name,
    living.class,
    living.alive,
    living.company,
    staff.people = 1 as only_at_company,
    (
        select string_agg(coalesce(o.name, 'owner ' || o.owner_id), ', ' order by o.owner_id)
        from ties t
        join owners o on o.owner_id = t.owner_id
        where t.person_id = living.person_id and t.owner_id <> living.owner_id
    ) as cards_of,
    living.evidence
from living
join owners on owners.owner_id = living.owner_id
left join staff on staff.company_key = living.company_key
where living.owners_with = 1
order by living.owner_id, only_at_company desc nulls last, living.alive desc, living.person_id
