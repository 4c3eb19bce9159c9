-- question: What is known of each person, before any threshold is applied?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   sources: sources that know this person
--   collected: stands in a list that the owner gathered
--   seen_until: up to when the data could have shown contact
--   hidden_days: days from there to now
--   cut: the conversation moved into encryption and its continuation was not imported
--   s: strength now; 0 without any contact
--   touched: there was contact of any kind
--   per_year: contact days a year, recent ones counting most
--   days_year: contact days in the last 365
--   silent_days: days since the latest contact, one click excluded, to the end of sight
--   usual_gap: median days from one contact day to the next; null with a single one
--   two_way: both sides acted at least once, by more than one click
--   seen_with: people seen in the same groups; null if not two-way
--   closest: largest share of this person's visible contact that another tie gives
--   first_at: first interaction
--   last_at: latest interaction
--   last_in: latest time they acted, one click excluded
--   last_out: latest time the owner acted, one click excluded
--   messages_in: messages from them
--   messages_out: messages to them
--   interactions: all interactions
--   active_months: months with an interaction, one click excluded
--   days_in: days on which they acted, one click excluded
--   days_out: days on which the owner acted, one click excluded
--   initiated: share of conversations that the owner opened; null without any
--   reply_hours: their usual time to answer; null without any
--   one_to_one: share of interactions with nobody else in them; null without any
--   account: the deeds as the beginning of a sentence
-- each: person
-- source: the shared tables, put side by side so that ties reads one
with
    talking as (
        select owner_id, list(source) as sources
        from mart.ends
        where shows_talk
        group by owner_id
    ),
    joined as (
        select
            known.owner_id,
            known.person_id,
            known.sources,
            known.known_from,
            known.collected,
            known.connected_at,
            connected.label as connected_label,
            coalesce(list_has_any(known.sources, talking.sources), false) as talk_seen,
            sight.seen_until,
            sight.cut,
            now.day - sight.seen_day as hidden_days,
            now.offset_us,
            coalesce(points.s, 0) as s,
            points.s is not null as touched,
            coalesce(points.per_year, 0) as per_year,
            coalesce(points.days_year, 0) as days_year,
            points.silent_days,
            coalesce(points.two_way, false) as two_way,
            reached.seen_with,
            reached.closest,
            e.*  exclude (owner_id, person_id),
            c.started_by_owner,
            c.started_by_them,
            c.reply_hours
        from mart.known
        left join mart.now on now.owner_id = known.owner_id
        left join talking on talking.owner_id = known.owner_id
        left join mart.labels connected on connected.source = known.connected_source
        left join mart.sight
            on sight.owner_id = known.owner_id and sight.person_id = known.person_id
        left join mart.points
            on points.owner_id = known.owner_id and points.person_id = known.person_id
            and points.back = 0
        left join mart.reached
            on reached.owner_id = known.owner_id and reached.person_id = known.person_id
        left join mart.exchanges e
            on e.owner_id = known.owner_id and e.person_id = known.person_id
        left join mart.conversations c
            on c.owner_id = known.owner_id and c.person_id = known.person_id
    ),
    worded as (
        select
            *,
            case when written = interactions - clicks then 'Wrote' else 'Reached out' end as verb,
            case
                when interactions = clicks then ''
                when 2 * one_to_one > interactions then '; mostly one to one'
                when one_to_one = 0 then '; only ever in groups'
                else '; mostly in groups'
            end as company,
            (
                date '1970-01-01' + (
                    (epoch_us(coalesce(greatest(last_in, last_out), last_at)) + offset_us)
                    // 86400000000
                )::integer
            )::varchar as last_date,
            (
                date '1970-01-01'
                + ((epoch_us(connected_at) + offset_us) // 86400000000)::integer
            )::varchar as connected_date
        from joined
    ),
    told as (
        select
            *,
            case
                when written = 0 and days_in > 0 and days_out > 0
                    then 'In touch on ' || days || case days when 1 then ' day' else ' days' end
                when days_in > 0
                    then verb || ' on ' || days_in || case days_in when 1 then ' day' else ' days' end
                    || case when days_out > 0 then ', you on ' || days_out
                        else ', no answer from you in the data' end
                when days_out > 0
                    then 'You ' || lower(verb) || ' on ' || days_out
                    || case days_out when 1 then ' day' else ' days' end
                    || ', no answer in the data'
                when clicks > bare_in + bare_out
                    then 'Only likes, endorsements or greetings by one click'
                when connected_at is null and bare_out > 0 then 'Invited by you without a word'
                when connected_at is null and bare_in > 0 then 'Invited you without a word'
            end as deeds
        from worded
    )
select
    owner_id,
    person_id,
    sources,
    collected,
    seen_until,
    hidden_days,
    cut,
    s,
    touched,
    per_year,
    days_year,
    silent_days,
    usual_gap,
    two_way,
    seen_with,
    closest,
    first_at,
    last_at,
    last_in,
    last_out,
    coalesce(messages_in, 0) as messages_in,
    coalesce(messages_out, 0) as messages_out,
    coalesce(interactions, 0) as interactions,
    coalesce(active_months, 0) as active_months,
    coalesce(days_in, 0) as days_in,
    coalesce(days_out, 0) as days_out,
    case when started_by_owner + started_by_them > 0
        then started_by_owner / (started_by_owner + started_by_them)
    end as initiated,
    reply_hours,
    one_to_one / interactions as one_to_one,
    coalesce(
        deeds || ', last on ' || last_date || company || '; ' || talked_on,
        coalesce(
            'Connected' || coalesce(' on ' || connected_label, '') || ' ' || connected_date,
            'Known from ' || known_from
        )
        || case when talk_seen then ', never exchanged a message'
            else '; nothing imported from there could show talk'
        end
    ) as account
from told
