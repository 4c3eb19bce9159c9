-- question: What can my data see, and what is hidden from them?
-- columns:
--   owner_id: see owners
--   source: the source
--   contacts: people it lists
--   interactions: interactions in it
--   first_at: earliest interaction
--   last_at: latest interaction
--   seen_until: last moment at which it could have shown talk (or whatever it shows); null if it shows no interaction
--   shows_talk: it holds messages, calls or meetings, so that silence in it means something
--   talked_with: people with whom it shows a message, call or meeting
--   talk_share: share of the people it lists with whom it shows one
--   hidden_days: days between its end and your newest data
--   longest_gap_days: longest time without any interaction
--   gap_over_60: that is over 60 days
--   in_words: the same as a sentence
-- source: definition
-- limits: a source that was never imported does not appear here at all
with
    listed as (
        select
            contacts.owner_id,
            contacts.source,
            count(distinct contacts.person_id) as contacts,
            count(distinct contacts.person_id) filter (spoken.person_id is not null) as talked
        from contacts
        semi join mart.known
            on known.owner_id = contacts.owner_id and known.person_id = contacts.person_id
        left join mart.spoken_in spoken
            on spoken.owner_id = contacts.owner_id and spoken.person_id = contacts.person_id
            and spoken.source = contacts.source
        where contacts.relation not in ('self', 'group', 'organisation')
        group by contacts.owner_id, contacts.source
    ),
    spoken as (
        select owner_id, source, count(*) as talked_with
        from mart.spoken_in
        group by owner_id, source
    )
select
    spans.owner_id,
    spans.source,
    coalesce(listed.contacts, 0) as contacts,
    spans.interactions,
    spans.first_at,
    spans.last_at,
    spans.ends_at as seen_until,
    spans.shows_talk,
    coalesce(spoken.talked_with, 0) as talked_with,
    case when listed.contacts > 0 and spans.shows_talk
        then round(listed.talked / listed.contacts, 4)
    end as talk_share,
    case when spans.ends_at is not null
        then now.day - ((epoch_us(spans.ends_at) + now.offset_us) // 86400000000)::integer
    end as hidden_days,
    spans.longest_gap_days,
    spans.longest_gap_days > 60 as gap_over_60,
    spans.label || case
        when not spans.shows_talk then ' holds no messages, calls or meetings: nobody can be told a card by it alone.'
        else ' shows talk from ' || (
                date '1970-01-01'
                + ((epoch_us(spans.first_at) + now.offset_us) // 86400000000)::integer
            )::varchar
            || ' to ' || (
                date '1970-01-01'
                + ((epoch_us(spans.ends_at) + now.offset_us) // 86400000000)::integer
            )::varchar || '.'
    end as in_words
from mart.spans
left join listed on listed.owner_id = spans.owner_id and listed.source = spans.source
left join spoken on spoken.owner_id = spans.owner_id and spoken.source = spans.source
left join mart.now on now.owner_id = spans.owner_id
order by spans.owner_id, spans.source
