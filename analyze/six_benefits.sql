-- question: What do I get from my network, and where are the gaps?
-- columns:
--   owner_id: see owners
--   benefit: information, influence, development, support, purpose or balance
--   providers: people you tagged with it
--   alive: of these, ties likely to be in touch with you within a year
--   coverage: sum of the chances to be in touch over those you tagged
--   gap: fewer than two of them are alive
--   leans_on: the one who makes up more than half of the coverage; null where nobody does
--   leans_on_id: the same as a number, see people
--   who: those you tagged, the likeliest to be in touch first
--   who_ids: the same as numbers, see people
--   candidates: up to three others whom you could ask about it, sorted by hints and nothing more; empty for purpose and balance
--   candidate_ids: the same as numbers, see people
-- source: Cross & Thomas 2011: six benefits of a good network
-- limits: your own tags only ('notworking audit', or tag benefit:support ...): no data tells a benefit
with
    knob as (
        select
            max(value) filter (name = 'alive_enough') as enough,
            max(value) filter (name = 'benefit_providers') as providers,
            max(value) filter (name = 'benefit_lean') as lean
        from thresholds
    ),
    benefits as (
        select unnest(['information', 'influence', 'development', 'support', 'purpose', 'balance'])
            as benefit,
            unnest([1, 2, 3, 4, 5, 6]) as line
    ),
    tagged as (
        select distinct ties.owner_id, ties.person_id, ties.name, ties.class, ties.alive,
            substr(tags.tag, 9) as benefit
        from tags
        join ties on ties.person_id = tags.person_id
        where tags.tag like 'benefit:%'
    ),
    audited as (
        select distinct tagged.owner_id from tagged semi join benefits using (benefit)
    ),
    summed as (
        select
            tagged.owner_id,
            tagged.benefit,
            count(*) as providers,
            count(*) filter (tagged.class not in ('card', 'dormant') and tagged.alive >= knob.enough)
                as alive,
            sum(tagged.alive) as coverage,
            max(tagged.alive) as most,
            arg_max(tagged.name, (tagged.alive, -tagged.person_id)) as first_name,
            arg_max(tagged.person_id, (tagged.alive, -tagged.person_id)) as first_id,
            list(tagged.name order by tagged.alive desc, tagged.person_id) as who,
            list(tagged.person_id order by tagged.alive desc, tagged.person_id) as who_ids
        from tagged cross join knob
        group by tagged.owner_id, tagged.benefit
    ),
    signs as (
        select owner_id, person_id, 'information' as benefit, count(*) as n
        from hints
        where kind = 'link' and direction = 'in' and not dismissed
        group by owner_id, person_id
        union all
        select owner_id, person_id, 'support', count(*)
        from favours
        where direction = 'received' and favour = 'offer'
        group by owner_id, person_id
        union all
        select owner_id, person_id, 'development', count(*)
        from favours
        where direction = 'received' and favour in ('answer', 'recommendation')
        group by owner_id, person_id
        union all
        select known.owner_id, known.person_id, 'influence', max(levels.level)
        from mart.known
        join people on people.person_id = known.person_id
        join mart.title_levels levels on levels.title = people.title
        group by known.owner_id, known.person_id
    ),
    ranked as (
        select
            signs.owner_id,
            signs.benefit,
            ties.name,
            ties.person_id,
            row_number() over (
                partition by signs.owner_id, signs.benefit
                order by signs.n desc, ties.strength desc, ties.person_id
            ) as place
        from signs
        join ties on ties.owner_id = signs.owner_id and ties.person_id = signs.person_id
        anti join tagged
            on tagged.owner_id = signs.owner_id and tagged.person_id = signs.person_id
            and tagged.benefit = signs.benefit
        cross join knob
        where ties.class not in ('card', 'dormant') and ties.alive >= knob.enough
    ),
    candidates as (
        select owner_id, benefit, list(name order by place) as candidates,
            list(person_id order by place) as candidate_ids
        from ranked
        where place <= 3
        group by owner_id, benefit
    )
select
    audited.owner_id,
    benefits.benefit,
    coalesce(summed.providers, 0) as providers,
    coalesce(summed.alive, 0) as alive,
    round(coalesce(summed.coverage, 0), 4) as coverage,
    coalesce(summed.alive, 0) < knob.providers as gap,
    case when summed.most > knob.lean * summed.coverage then summed.first_name end as leans_on,
    case when summed.most > knob.lean * summed.coverage then summed.first_id end as leans_on_id,
    coalesce(summed.who, []) as who,
    coalesce(summed.who_ids, []) as who_ids,
    coalesce(candidates.candidates, []) as candidates,
    coalesce(candidates.candidate_ids, []) as candidate_ids
from audited
cross join benefits
cross join knob
left join summed
    on summed.owner_id = audited.owner_id and summed.benefit = benefits.benefit
left join candidates
    on candidates.owner_id = audited.owner_id and candidates.benefit = benefits.benefit
order by audited.owner_id, benefits.line
