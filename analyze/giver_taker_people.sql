-- question: Do I give as I get, with each person?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   class: see ties
--   given: favours from you in the last 365 days: recommendations, introductions, offers, answers to requests
--   received: the same from them
--   balance: (given - received) / (given + received); null with fewer than three
--   leaning: all_giving or all_taking, where the balance is at an end; else null
--   asked: your requests to them
--   asked_of_you: their requests to you
--   open_asks: of your requests, without an answer so far
--   open_asks_of_you: of theirs, without an answer so far
--   thanked: your thanks to them
--   thanked_you: their thanks to you
--   last_at: latest favour
--   evidence: the latest three favours, with date, source and words
-- source: Sonnenberg, Hargreaves: a two-way street; not to be kept as a score, so nobody is ranked
-- limits: words only, see docs/hints.md; spoken favours are unseen
with
    knob as (
        select
            max(value) filter (name = 'hint_largest_group') as largest,
            max(value) filter (name = 'giving_days') as giving_days,
            max(value) filter (name = 'balance_least') as least
        from thresholds
    ),
    done as (
        select
            favours.owner_id,
            favours.person_id,
            count(*) filter (favours.direction = 'given') as given,
            count(*) filter (favours.direction = 'received') as received,
            max(favours."at") as last_at,
            array_to_string(list(
                favours.direction || ' ' || favours.favour || ' on '
                || (date '1970-01-01'
                    + ((epoch_us(favours."at") + now.offset_us) // 86400000000)::integer)::varchar
                || ' (' || favours.source || coalesce(': "' || favours.words || '"', '') || ')'
                order by favours."at" desc, favours.favour, favours.hint_id
            )[1:3], '; ') as evidence
        from favours
        join mart.now on now.owner_id = favours.owner_id
        cross join knob
        where epoch_us(now."at") - epoch_us(favours."at") < knob.giving_days * 8.64e10
        group by favours.owner_id, favours.person_id
    ),
    said as (
        select
            hints.owner_id,
            hints.person_id,
            count(*) filter (hints.kind = 'ask' and hints.direction = 'out') as asked,
            count(*) filter (hints.kind = 'ask' and hints.direction = 'in') as asked_of_you,
            count(*) filter (hints.kind = 'ask' and hints.direction = 'out'
                and answers.hint_id is null) as open_asks,
            count(*) filter (hints.kind = 'ask' and hints.direction = 'in'
                and answers.hint_id is null) as open_asks_of_you,
            count(*) filter (hints.kind = 'thanks' and hints.direction = 'out') as thanked,
            count(*) filter (hints.kind = 'thanks' and hints.direction = 'in') as thanked_you
        from hints
        join mart.now on now.owner_id = hints.owner_id
        left join mart.answers
            on answers.owner_id = hints.owner_id and answers.hint_id = hints.hint_id
        cross join knob
        where not hints.dismissed and hints.thread_size <= knob.largest
            and hints.kind in ('ask', 'thanks')
            and epoch_us(now."at") - epoch_us(hints."at") < knob.giving_days * 8.64e10
        group by hints.owner_id, hints.person_id
    ),
    joined as (
        select
            coalesce(done.owner_id, said.owner_id) as owner_id,
            coalesce(done.person_id, said.person_id) as person_id,
            coalesce(done.given, 0) as given,
            coalesce(done.received, 0) as received,
            coalesce(said.asked, 0) as asked,
            coalesce(said.asked_of_you, 0) as asked_of_you,
            coalesce(said.open_asks, 0) as open_asks,
            coalesce(said.open_asks_of_you, 0) as open_asks_of_you,
            coalesce(said.thanked, 0) as thanked,
            coalesce(said.thanked_you, 0) as thanked_you,
            done.last_at,
            done.evidence
        from done
        full join said on said.owner_id = done.owner_id and said.person_id = done.person_id
    )
select
    joined.owner_id,
    joined.person_id,
    ties.name,
    ties.class,
    joined.given,
    joined.received,
    case when joined.given + joined.received >= knob.least
        then round((joined.given - joined.received) / (joined.given + joined.received), 4)
    end as balance,
    case
        when joined.given + joined.received < knob.least then null
        when joined.received = 0 then 'all_giving'
        when joined.given = 0 then 'all_taking'
    end as leaning,
    joined.asked,
    joined.asked_of_you,
    joined.open_asks,
    joined.open_asks_of_you,
    joined.thanked,
    joined.thanked_you,
    joined.last_at,
    joined.evidence
from joined
join ties on ties.owner_id = joined.owner_id and ties.person_id = joined.person_id
cross join knob
order by joined.owner_id, ties.name, joined.person_id
