-- question: Who opened doors for me?
-- columns:
--   owner_id: see owners
--   person_id: who introduced, see people
--   name: their name
--   class: see ties
--   introduced: people they brought you together with
--   became_ties: of these, ties now and no cards
--   circles: circles these ties belong to, see circles
--   who: their names, the latest introduction first
--   who_ids: the same as numbers, see people
--   last_at: latest introduction; null where only tags tell of it
--   evidence: the latest three, with date, source and words
-- source: Cross & Thomas and others: gatekeepers, referencers, connectors; somebody in touch with you already wrote first where you two met, or named the other with words of introduction
-- limits: introductions by voice are unseen: tag the introduced met-through:NAME; words only, see docs/hints.md
with
    listed as (
        select
            i.owner_id,
            i.introducer_id,
            i.person_id,
            i.how,
            i.introduced_at,
            i.source,
            introduced.name,
            ties.class <> 'card' as is_tie,
            circles.circle,
            hints.words,
            (date '1970-01-01'
                + ((epoch_us(i.introduced_at) + now.offset_us) // 86400000000)::integer)::varchar
                as day
        from mart.introductions i
        join mart.now on now.owner_id = i.owner_id
        join people introduced on introduced.person_id = i.person_id
        join ties on ties.owner_id = i.owner_id and ties.person_id = i.person_id
        left join mart.circles
            on circles.owner_id = i.owner_id and circles.person_id = i.person_id
        left join hints on hints.hint_id = i.hint_id
        where not coalesce(hints.dismissed and i.how = 'named', false)
    ),
    summed as (
        select
            owner_id,
            introducer_id,
            count(*) as introduced,
            count(*) filter (is_tie) as became_ties,
            count(distinct circle) filter (is_tie) as circles,
            list(name order by introduced_at desc nulls last, person_id) as who,
            list(person_id order by introduced_at desc nulls last, person_id) as who_ids,
            max(introduced_at) as last_at,
            array_to_string(list(
                coalesce(name, '(no name)') || case how
                    when 'tag' then ' (your tag)'
                    when 'group' then ' in a group on ' || day || ' (' || source
                        || coalesce(': "' || words || '"', '') || ')'
                    else ' on ' || day || ' (' || source || coalesce(': "' || words || '"', '') || ')'
                end
                order by introduced_at desc nulls last, person_id
            )[1:3], '; ') as evidence
        from listed
        group by owner_id, introducer_id
    )
select
    summed.owner_id,
    summed.introducer_id as person_id,
    ties.name,
    ties.class,
    summed.introduced,
    summed.became_ties,
    summed.circles,
    summed.who,
    summed.who_ids,
    summed.last_at,
    summed.evidence
from summed
join ties on ties.owner_id = summed.owner_id and ties.person_id = summed.introducer_id
order by summed.owner_id, summed.became_ties desc, summed.introduced desc, summed.introducer_id
