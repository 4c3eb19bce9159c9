-- question: Is everyone in my network like me?
-- columns:
--   owner_id: see owners
--   dimension: company, seniority, place (last part of the location as written), source, or gender (only as you tagged it)
--   scope: all, ties or dozen
--   people: people in the scope
--   stated: of these, for how many the dimension is known; the rest is not stated and never guessed
--   kinds: different values among them
--   effective_kinds: how many there would be if all were equally common: exp of the entropy
--   most_common: the most common value
--   same_as_you: share of the stated who have your own value; null where yours is unknown
-- source: Hargreaves and the digest on diversity; Shannon entropy as an effective number
-- limits: industry and language stand in no export; missing values are shown as missing
with
    selves as (
        select contacts.owner_id, min(contacts.person_id) as person_id
        from contacts
        where contacts.relation = 'self' and contacts.person_id is not null
        group by contacts.owner_id
    ),
    scoped as materialized (
        select owner_id, person_id, 'all' as scope from mart.known
        union all
        select owner_id, person_id, 'ties' from ties where class <> 'card'
        union all
        select owner_id, person_id, 'dozen' from the_dozen
    ),
    facts as (
        select person_id, 'company' as dimension, lower(trim(company)) as value
        from people
        where trim(company) <> ''
        union all
        select people.person_id, 'seniority', 'level ' || title_levels.level
        from people
        join mart.title_levels on title_levels.title = people.title
        union all
        select person_id, 'place', lower(trim(string_split(location, ',')[-1]))
        from people
        where trim(location) <> ''
        union all
        select person_id, 'gender', min(substr(tag, 8))
        from tags
        where tag like 'gender:%'
        group by person_id
    ),
    told as (
        select scoped.owner_id, scoped.scope, facts.dimension, facts.value, count(*) as n
        from scoped
        join facts using (person_id)
        group by all
        union all
        select scoped.owner_id, scoped.scope, 'source', sources.source, count(*)
        from scoped
        join (
            select owner_id, person_id, unnest(sources) as source from mart.known
        ) sources using (owner_id, person_id)
        group by all
    ),
    own as (
        select selves.owner_id, facts.dimension, facts.value
        from selves
        join facts using (person_id)
    ),
    counted as (
        select
            told.owner_id,
            told.dimension,
            told.scope,
            sum(told.n)::bigint as stated,
            count(*) as kinds,
            exp(entropy_of.bits) as effective_kinds,
            arg_max(told.value, (told.n, told.value)) as most_common,
            sum(told.n) filter (told.value = own.value) as same
        from told
        join (
            select owner_id, dimension, scope, -sum(share * ln(share)) as bits
            from (
                select
                    owner_id,
                    dimension,
                    scope,
                    n / sum(n) over (partition by owner_id, dimension, scope) as share
                from told
            )
            group by owner_id, dimension, scope
        ) entropy_of using (owner_id, dimension, scope)
        left join own on own.owner_id = told.owner_id and own.dimension = told.dimension
        group by told.owner_id, told.dimension, told.scope, entropy_of.bits
    ),
    sizes as (
        select owner_id, scope, count(*) as people from scoped group by owner_id, scope
    )
select
    sizes.owner_id,
    dimensions.dimension,
    sizes.scope,
    sizes.people,
    case when dimensions.dimension = 'source' then sizes.people
        else coalesce(counted.stated, 0)
    end as stated,
    coalesce(counted.kinds, 0) as kinds,
    round(counted.effective_kinds, 2) as effective_kinds,
    counted.most_common,
    case when own.value is not null and counted.stated > 0
        then round(coalesce(counted.same, 0) / counted.stated, 4)
    end as same_as_you
from sizes
cross join (
    values (1, 'company'), (2, 'seniority'), (3, 'place'), (4, 'source'), (5, 'gender')
) dimensions (line, dimension)
left join counted
    on counted.owner_id = sizes.owner_id and counted.scope = sizes.scope
    and counted.dimension = dimensions.dimension
left join own
    on own.owner_id = sizes.owner_id and own.dimension = dimensions.dimension
order by
    sizes.owner_id,
    dimensions.line,
    case sizes.scope when 'all' then 1 when 'ties' then 2 else 3 end
