-- question: Who can get me into a company?
-- columns:
--   owner_id: see owners
--   target: the company, as most people write it
--   people: people you know who are there now, or were before
--   cards: of these, with whom nothing ever went both ways
--   person_id: whom to ask first, see people; null where the data show nobody
--   name: their name
--   class: see ties
--   alive: chance to be in touch with them within a year
--   reaches_id: whom they know there, see people; null where they are or were there themselves
--   reaches: their name
--   there: now or before: when the one at the company was there; null without a way
--   strength: chance that the way works, as far as the data show; 0 without a way
--   evidence: why, as a sentence
-- source: own rule, as 'notworking path': a direct way is as strong as the tie is alive; a way through somebody is alive * (1 - exp(-z)), z what you saw of the two together, 1 for an introduction
-- limits: your data show few of other people's ties, so a missing way may only be unseen; companies are compared by their words without the commonest legal forms; ways that only a shared employer suggests are left to 'notworking path'
with
    knob as (
        select max(value) filter (name = 'dormant_below') as warm from thresholds
    ),
    -- Each spelling once: to compare names letter by letter is what takes long here.
    named as materialized (
        select
            text,
            regexp_replace(
                trim(regexp_replace(lower(strip_accents(text)), '[^\p{L}\p{N}+#]+', ' ', 'g')),
                '( (inc|llc|llp|ltd|limited|plc|corp|corporation|co|company|gmbh|mbh|ag|kg|se|ev'
                || '|sa|sas|sarl|srl|spa|sl|bv|nv|ab|as|oy|kft|doo|sro|pty|pvt))+$',
                ''
            ) as company
        from mart.passages
        where field in ('company', 'former_company') and text is not null
        group by text
    ),
    companies as materialized (
        select text, company
        from named
        where company not in (
            '', 'freelance', 'freelancer', 'self employed', 'independent', 'retired', 'student',
            'none', 'confidential', 'unemployed', 'private', 'freiberuflich', 'selbstandig'
        )
    ),
    stays as materialized (
        select
            passages.person_id,
            companies.company,
            passages.text,
            passages.field = 'company' as is_now
        from mart.passages
        join companies on companies.text = passages.text
        where passages.field in ('company', 'former_company')
    ),
    standing as materialized (
        select
            ties.owner_id,
            ties.person_id,
            ties.name,
            ties.class,
            ties.alive,
            case when ties.class = 'card' then 0 else ties.alive end as chance
        from ties
    ),
    seen as (
        select pairs.owner_id, pairs.other_id as reaches_id, pairs.person_id, pairs.z,
            null::timestamptz as introduced_at
        from mart.pairs
        union all
        select owner_id, person_id, introducer_id, 1.0, coalesce(introduced_at, 'epoch')
        from mart.introductions
    ),
    links as (
        select
            seen.owner_id,
            seen.reaches_id,
            seen.person_id,
            any_value(via.chance) * (1 - exp(-sum(seen.z))) as strength,
            bool_or(seen.introduced_at is not null) as introduced
        from seen
        join standing via on via.owner_id = seen.owner_id and via.person_id = seen.person_id
        where via.chance > 0
        group by seen.owner_id, seen.reaches_id, seen.person_id
    ),
    nearest as (
        select
            owner_id,
            reaches_id,
            max({
                'strength': round(strength, 4), 'person_id': -person_id, 'introduced': introduced
            }) as way
        from links
        group by owner_id, reaches_id
    ),
    placed as (
        select
            standing.owner_id,
            stays.company,
            standing.person_id,
            any_value(standing.class) = 'card' as is_card,
            bool_or(stays.is_now) as is_now,
            any_value(standing.chance) as chance,
            any_value(nearest.way) as way
        from stays
        join standing on standing.person_id = stays.person_id
        left join nearest
            on nearest.owner_id = standing.owner_id and nearest.reaches_id = standing.person_id
        group by standing.owner_id, stays.company, standing.person_id
    ),
    spelled as (
        select company, arg_max(text, (people, text)) as target
        from (select company, text, count(*) as people from stays group by company, text)
        group by company
    ),
    -- Who has left counts seven tenths in the order, not in the strength.
    judged as (
        select
            owner_id,
            company,
            count(*) as people,
            count(*) filter (is_card) as cards,
            max({
                'worth': round(
                    greatest(chance, coalesce(way.strength, 0)) * case when is_now then 1 else 0.7 end,
                    4
                ),
                'is_now': is_now,
                'there_id': -person_id,
                'chance': chance,
                'way': way
            }) as best
        from placed
        group by owner_id, company
    ),
    chosen as (
        select
            owner_id,
            company,
            people,
            cards,
            best.is_now,
            best.worth > 0 as found,
            coalesce(best.way.strength, 0) > best.chance as through,
            case when coalesce(best.way.strength, 0) > best.chance then -best.way.person_id
                when best.worth > 0 then -best.there_id end as person_id,
            case when coalesce(best.way.strength, 0) > best.chance then -best.there_id end
                as reaches_id,
            greatest(best.chance, coalesce(best.way.strength, 0)) as strength,
            coalesce(best.way.introduced, false) as introduced
        from judged
    )
select
    chosen.owner_id,
    spelled.target,
    chosen.people,
    chosen.cards,
    chosen.person_id,
    ask.name,
    ask.class,
    ask.alive,
    chosen.reaches_id,
    reached.name as reaches,
    case when chosen.found then case when chosen.is_now then 'now' else 'before' end end as there,
    round(chosen.strength, 4) as strength,
    case
        when not chosen.found then 'Cards only, and nobody in between that the data show.'
        when chosen.through then
            coalesce(ask.name, '(no name)')
            || case when chosen.introduced then ' introduced you to '
                else ' is in the same conversations as ' end
            || coalesce(reached.name, '(no name)')
            || case when chosen.is_now then ', who is there.' else ', who was there before.' end
        else
            coalesce(ask.name, '(no name)')
            || case when chosen.is_now then ' is there; ' else ' was there before; ' end
            || ask.class || ' tie, ' || round(100 * ask.alive)::integer
            || ' % to be in touch within a year.'
    end as evidence
from chosen
join spelled using (company)
left join standing ask on ask.owner_id = chosen.owner_id and ask.person_id = chosen.person_id
left join standing reached
    on reached.owner_id = chosen.owner_id and reached.person_id = chosen.reaches_id
cross join knob
order by
    chosen.owner_id,
    chosen.strength >= knob.warm desc,
    chosen.found desc,
    chosen.people desc,
    chosen.strength desc,
    spelled.target
