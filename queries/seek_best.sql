-- Who has the words of a question, best first, with where the words stand.
-- A word says as much as its field (see seek/data/fields.tsv); in messages more with every time it
-- fell. Further fields add a tenth. Concepts weigh more the fewer people have them, and a match
-- of all of them counts more than their sum. The score is the match times 0.5 + alive / 2; who has
-- half of what is asked as the user's own tag comes before everybody else.
-- Parameters: asked, places and own as JSON, see seek/search.py; top.
with
    asked as (
        select unnest(from_json($asked, '[{
            "concept": "INTEGER", "way": "INTEGER", "part": "INTEGER", "parts": "INTEGER",
            "factor": "DOUBLE", "word": "VARCHAR", "quality": "DOUBLE", "is_form": "BOOLEAN"
        }]'), recursive := true)
    ),
    places as (
        select unnest(from_json($places, '[{
            "field": "VARCHAR", "weight": "DOUBLE", "is_name": "BOOLEAN", "is_short": "BOOLEAN"
        }]'), recursive := true)
    ),
    own as (
        select unnest(from_json($own, '[{
            "word": "VARCHAR", "field": "VARCHAR", "person_id": "INTEGER"
        }]'), recursive := true)
    ),
    held as (
        select word, field, person_id, times, last_on
        from mart.words
        where word in (select word from asked)
        union all
        select word, field, person_id, 1, null
        from own
    ),
    parts_held as (
        select
            asked.concept,
            asked.way,
            asked.part,
            held.person_id,
            held.field,
            any_value(asked.parts) as parts,
            any_value(asked.factor) as factor,
            max(asked.quality) as quality,
            arg_max(held.word, (asked.quality, held.word)) as word,
            sum(held.times) as times,
            max(held.last_on) as last_on
        from held
        join asked on asked.word = held.word
        join places on places.field = held.field
        where not (asked.is_form and places.is_name)
        group by asked.concept, asked.way, asked.part, held.person_id, held.field
    ),
    -- A phrase counts where all its words stand; as it was typed, also in part.
    ways_held as (
        select
            concept,
            way,
            person_id,
            field,
            any_value(factor) * avg(quality)
                * case
                    when count(*) = any_value(parts) then 1
                    else 0.5 * pow(count(*) / any_value(parts), 2)
                end as quality,
            list(word order by part) as words,
            min(times) as times,
            max(last_on) as last_on
        from parts_held
        group by concept, way, person_id, field
        having count(*) = any_value(parts) or way = 0
    ),
    matches as (
        select
            concept,
            person_id,
            field,
            max(strength) as strength,
            arg_max({'words': words, 'times': times, 'last_on': last_on}, (strength, -way)) as told
        from (
            select
                ways_held.*,
                quality * places.weight
                    * case when field = 'message' then 0.4 + 0.6 * times / (times + 3) else 1 end
                    as strength
            from ways_held
            join places using (field)
        )
        group by concept, person_id, field
    ),
    concepts_held as (
        select
            concept,
            person_id,
            least(1, max(strength) + 0.1 * (sum(strength) - max(strength))) as worth,
            bool_or(field = 'tag') as is_tagged
        from matches
        group by concept, person_id
    ),
    weights as (
        select
            concept,
            ln(2 + (select count(*) from people where not is_owner) / (1 + count(*))) as weight
        from concepts_held
        group by concept
    ),
    total as (
        select sum(weight) as weight, count(*) as concepts from weights
    ),
    together as (
        select person_id, max(concepts) as concepts
        from (
            select person_id, field, count(*) as concepts
            from matches
            join places using (field)
            where places.is_short
            group by person_id, field
        )
        group by person_id
    ),
    persons as (
        select
            c.person_id,
            count(*) as concepts,
            sum(weights.weight * c.worth) / any_value(total.weight)
                * (0.5 + 0.5 * sum(weights.weight) / any_value(total.weight)) as text,
            coalesce(sum(weights.weight) filter (c.is_tagged), 0) * 2 >= any_value(total.weight)
                as is_tagged
        from concepts_held c
        join weights using (concept)
        cross join total
        group by c.person_id
    ),
    rated as (
        select
            persons.person_id,
            persons.is_tagged,
            persons.text
                * case when persons.concepts > 1
                    and coalesce(together.concepts, 0) < persons.concepts then 0.9 else 1
                end as text
        from persons
        left join together using (person_id)
    ),
    tied as (
        select
            ties.person_id,
            max(ties.alive) as alive,
            arg_max(
                {'class': ties.class, 'last_contact': ties.last_contact},
                (ties.alive, ties.strength, -ties.owner_id)
            ) as tie
        from ties
        semi join rated on rated.person_id = ties.person_id
        group by ties.person_id
    ),
    ranked as (
        select
            rated.person_id,
            tied.alive,
            tied.tie,
            rated.text * (0.5 + tied.alive / 2) as score,
            row_number() over (
                order by rated.is_tagged desc, round(score, 9) desc, tied.alive desc, rated.person_id
            ) as place,
            count(*) over () as everybody
        from rated
        join tied using (person_id)
        join people on people.person_id = rated.person_id and not people.is_owner
        qualify place <= $top
    )
select
    ranked.place,
    ranked.everybody,
    ranked.person_id,
    coalesce(people.name, '(no name)') as name,
    ranked.alive,
    ranked.tie.class as class,
    ranked.tie.last_contact as last_contact,
    ranked.score,
    list({
        'concept': matches.concept, 'field': matches.field, 'strength': matches.strength,
        'words': matches.told.words, 'times': matches.told.times, 'last_on': matches.told.last_on
    } order by matches.concept, matches.strength desc, matches.field) as matches
from ranked
join people using (person_id)
join matches using (person_id)
group by all
order by ranked.place
