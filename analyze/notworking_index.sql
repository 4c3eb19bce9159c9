-- question: How many of my contacts are only cards?
-- columns:
--   owner_id: see owners
--   source: where they were collected; 'all' for everyone from a source that could show talk, each person once
--   year: year in which they were added; null for all years, and where the source does not say
--   contacts: people collected there
--   cards: of these, how many never had a two-way exchange with you, over all sources
--   share: cards over contacts
--   low: lower end of its interval
--   high: upper end of its interval
--   silent: cards without any word either way
--   waiting_for_them: cards to whom only you wrote
--   waiting_for_you: cards who wrote and had no answer
--   talk_seen: talk could be seen in this source at all; where not, every one of its people looks like a card unless another source shows more
--   scope: total, source or year: what the row counts
-- source: own measurement: 59 to 74 % of the people in personal logs are cards, 16 to 55 % in work mail; intervals after Wilson 1927
-- limits: people met in person and never written to are cards here
with
    knob as (
        select max(value) filter (name = 'interval_z') as z from thresholds
    ),
    listed as (
        select
            contacts.owner_id,
            contacts.source,
            contacts.person_id,
            year(
                date '1970-01-01'
                + ((epoch_us(min(contacts.connected_at)) + any_value(now.offset_us)) // 86400000000)::integer
            ) as year
        from contacts
        join mart.now on now.owner_id = contacts.owner_id
        where contacts.relation in ('connection', 'friend', 'card', 'address_book')
            and contacts.person_id is not null
        group by contacts.owner_id, contacts.source, contacts.person_id
    ),
    judged as (
        select
            listed.owner_id,
            listed.source,
            listed.year,
            listed.person_id,
            ties.card_kind,
            coalesce(spans.shows_talk, false) as talk_seen
        from listed
        join ties on ties.owner_id = listed.owner_id and ties.person_id = listed.person_id
        left join mart.spans
            on spans.owner_id = listed.owner_id and spans.source = listed.source
    ),
    scoped as (
        select owner_id, 'all' as source, null::bigint as year, person_id, card_kind, true as talk_seen, 'total' as scope
        from (select distinct owner_id, person_id, card_kind from judged where talk_seen)
        union all
        select owner_id, source, null, person_id, card_kind, talk_seen, 'source' as scope
        from judged
        union all
        select owner_id, source, year, person_id, card_kind, talk_seen, 'year' as scope
        from judged
    ),
    counted as (
        select
            owner_id,
            source,
            year,
            scope,
            bool_or(talk_seen) as talk_seen,
            count(*) as contacts,
            count(card_kind) as cards,
            count(card_kind) / count(*) as share,
            count(*) filter (card_kind = 'silent') as silent,
            count(*) filter (card_kind = 'waiting_for_them') as waiting_for_them,
            count(*) filter (card_kind = 'waiting_for_you') as waiting_for_you
        from scoped
        group by owner_id, source, year, scope
    )
select
    counted.owner_id,
    counted.source,
    counted.year,
    counted.contacts,
    counted.cards,
    round(counted.share, 4) as share,
    round((share + z * z / 2 / contacts
        - z * sqrt((share * (1 - share) + z * z / 4 / contacts) / contacts)) / (1 + z * z / contacts), 4) as low,
    round((share + z * z / 2 / contacts
        + z * sqrt((share * (1 - share) + z * z / 4 / contacts) / contacts)) / (1 + z * z / contacts), 4) as high,
    counted.silent,
    counted.waiting_for_them,
    counted.waiting_for_you,
    counted.talk_seen,
    counted.scope
from counted cross join knob
order by
    counted.owner_id,
    case counted.scope when 'total' then 0 when 'source' then 1 else 2 end,
    counted.source,
    counted.year nulls last
