-- question: Which of my contacts are real ties, and which are only cards?
-- columns:
--   owner_id: whose tie, see owners
--   person_id: with whom, see people
--   name: name of the person
--   class: inner, strong, weak, dormant or card; your own tag (class:inner, class:strong, class:weak, class:dormant, pin) comes first
--   ring: 1 (closest) to 5 by contact days a year; null for cards
--   strength: comparable within an owner; yearly contact comes to about 4, half-yearly 5.5, monthly 9.5, weekly 12, daily 16
--   alive: chance of a two-way exchange in the next 12 months
--   first_contact: first interaction in the data
--   last_contact: latest interaction in the data
--   messages_in: messages from them
--   messages_out: messages from you
--   interactions: interactions of every kind
--   active_months: months with an interaction, one click excluded
--   reciprocity: the lesser of days_in and days_out over the greater; null without either
--   initiated_by_me: share of conversations that you opened after silent days; null without any
--   median_reply_hours: their usual time to answer a private message of yours, slow answers left out; null without any
--   one_to_one_share: share of interactions with nobody else in them
--   sources: where the person is known from
--   evidence: the reasons, as a sentence
--   card_kind: for cards: silent (nothing but clicks, if that), waiting_for_them (only you wrote), waiting_for_you (only they did)
--   is_bridge: weak or strong, and nobody you are tied to sees much of them; null where they were never seen with anyone
--   days_in: days on which they acted, one click excluded
--   days_out: days on which you acted, one click excluded
--   last_in: latest time they acted, one click excluded
--   last_out: latest time you acted, one click excluded
--   per_year: contact days a year, recent ones counting most
--   usual_gap_days: median days from one contact day to the next; null with a single one
--   overdue: silence over the usual gap; null without one
--   seen_until: up to when the data could have shown contact with this person
--   hidden: that is so much earlier than your newest data that silence since says nothing
--   collected: stands in a list you gathered, not only among correspondents or followers
-- source: own measurement on public message logs; rings after Hill & Dunbar 2003; dormant ties after Levin et al. 2011
-- limits: logs know who is in touch, not who is loved; people met in person and never written to are cards here
with
    knob as (
        select
            max(value) filter (name = 'alive_constant') as a,
            max(value) filter (name = 'alive_slope') as b,
            max(value) filter (name = 'inner_per_year') as inner_per_year,
            max(value) filter (name = 'close_per_year') as close_per_year,
            max(value) filter (name = 'regular_days') as regular_days,
            max(value) filter (name = 'acquaintance_days') as acquaintance_days,
            max(value) filter (name = 'dormant_below') as dormant_below,
            max(value) filter (name = 'bridge_below') as bridge_below,
            max(value) filter (name = 'sight_gap_days') as sight_gap,
            max(value) filter (name = 'drift_shortest_gap') as shortest_gap
        from thresholds
    ),
    told as (
        select
            person_id,
            arg_max(
                case when tag = 'pin' then 'inner' else substr(tag, 7) end,
                (noted_at, tag)
            ) as class
        from tags
        where tag in ('class:inner', 'class:strong', 'class:weak', 'class:dormant', 'pin')
        group by person_id
    ),
    chance as (
        select
            p.*,
            1 / (1 + exp(-(knob.a + knob.b * p.s))) as p0,
            chances_kept.factor as r
        from mart.points p
        join chances_kept using (owner_id)
        cross join knob
        where p.back = 0
    ),
    rated as (
        select
            known.owner_id,
            known.person_id,
            known.sources,
            known.collected,
            known.connected_at,
            known.connected_source,
            sight.seen_until,
            sight.seen_day,
            sight.cut,
            sight.source as last_source,
            now.day - sight.seen_day > knob.sight_gap as hidden,
            now.offset_us,
            coalesce(chance.s, 0) as s,
            coalesce(chance.p0 * chance.r / (1 - chance.p0 + chance.p0 * chance.r), 0) as alive,
            coalesce(chance.per_year, 0) as per_year,
            coalesce(chance.two_way, false) as two_way,
            case
                when chance.per_year >= knob.inner_per_year then 1
                when chance.per_year >= knob.close_per_year then 2
                when chance.days_year >= knob.regular_days then 3
                when chance.days_year >= knob.acquaintance_days then 4
                else 5
            end as ring,
            told.class as told,
            holes.seen_with,
            holes.closest,
            knob.dormant_below,
            knob.bridge_below,
            knob.shortest_gap
        from mart.known
        cross join knob
        left join mart.now on now.owner_id = known.owner_id
        left join mart.sight
            on sight.owner_id = known.owner_id and sight.person_id = known.person_id
        left join chance
            on chance.owner_id = known.owner_id and chance.person_id = known.person_id
        left join told on told.person_id = known.person_id
        left join mart.holes
            on holes.owner_id = known.owner_id and holes.person_id = known.person_id
    ),
    classed as (
        select
            *,
            coalesce(
                told,
                case
                    when not two_way then 'card'
                    when alive < dormant_below and not (hidden and cut) then 'dormant'
                    when ring = 1 then 'inner'
                    when ring = 2 then 'strong'
                    else 'weak'
                end
            ) as class
        from rated
    ),
    ringed as (
        select
            *,
            case
                when class = 'card' then null
                when told = 'inner' then 1
                when told = 'strong' then 2
                when told = 'weak' then greatest(ring, 3)
                else ring
            end as shown_ring
        from classed
    ),
    worded as (
        select
            r.owner_id,
            r.person_id,
            case
                when e.days_in > 0 and e.days_out > 0 then
                    case when e.written = e.interactions - e.clicks then 'Wrote' else 'In touch' end
                    || ' on ' || e.days_in || if(e.days_in = 1, ' day', ' days')
                    || ', you on ' || e.days_out
                when e.days_in > 0 then
                    case when e.written = e.interactions - e.clicks then 'Wrote' else 'Turned to you' end
                    || ' on ' || e.days_in || if(e.days_in = 1, ' day', ' days')
                    || ', no answer from you in the data'
                when e.days_out > 0 then
                    case when e.written = e.interactions - e.clicks
                        then 'You wrote' else 'You turned to them' end
                    || ' on ' || e.days_out || if(e.days_out = 1, ' day', ' days')
                    || ', no answer in the data'
                when e.clicks > e.bare_in + e.bare_out
                    then 'Only likes, endorsements or greetings by one click'
                when r.connected_at is null and e.bare_out > 0
                    then 'Invited by you without a word'
                when r.connected_at is null and e.bare_in > 0
                    then 'Invited you without a word'
            end as deeds,
            case when e.interactions > 0 then
                ', last on ' || (
                    date '1970-01-01'
                    + ((epoch_us(e.last_at) + r.offset_us) // 86400000000)::integer
                )::varchar
            end as last_words,
            case
                when e.interactions = e.clicks then null
                when 2 * e.one_to_one > e.interactions then '; mostly one to one'
                when e.one_to_one = 0 then '; only ever in groups'
                else '; mostly in groups'
            end as company_words,
            '; ' || e.talked_on as place_words,
            'Connected' || coalesce(' on ' || spans.label, '')
                || ' ' || (
                    date '1970-01-01'
                    + ((epoch_us(r.connected_at) + r.offset_us) // 86400000000)::integer
                )::varchar as met_words,
            exists (
                select 1 from mart.spans seen
                where seen.owner_id = r.owner_id
                    and seen.shows_talk and list_contains(r.sources, seen.source)
            ) as talk_seen
        from ringed r
        left join mart.exchanges e on e.owner_id = r.owner_id and e.person_id = r.person_id
        left join mart.spans on spans.owner_id = r.owner_id and spans.source = r.connected_source
    )
select
    r.owner_id,
    r.person_id,
    people.name,
    r.class,
    r.shown_ring as ring,
    round(r.s, 4) as strength,
    round(r.alive, 4) as alive,
    e.first_at as first_contact,
    e.last_at as last_contact,
    coalesce(e.messages_in, 0) as messages_in,
    coalesce(e.messages_out, 0) as messages_out,
    coalesce(e.interactions, 0) as interactions,
    coalesce(e.active_months, 0) as active_months,
    case when greatest(e.days_in, e.days_out) > 0
        then round(least(e.days_in, e.days_out) / greatest(e.days_in, e.days_out), 4)
    end as reciprocity,
    case when c.started_by_owner + c.started_by_them > 0
        then round(c.started_by_owner / (c.started_by_owner + c.started_by_them), 4)
    end as initiated_by_me,
    round(c.reply_hours, 2) as median_reply_hours,
    case when e.interactions > 0
        then round(e.one_to_one / e.interactions, 4)
    end as one_to_one_share,
    r.sources,
    coalesce(w.deeds || w.last_words || coalesce(w.company_words, '') || coalesce(w.place_words, ''),
        coalesce(w.met_words, 'Known from a list, since when is not said')
        || case when w.talk_seen then ', never exchanged a message'
            else '; nothing imported from there could show talk' end
    )
    || case
        when not r.hidden or e.interactions is null then ''
        when r.cut then '; the conversation moved into encryption after '
            || (date '1970-01-01' + r.seen_day)::varchar || ' and cannot be seen since'
        else '; the data end on ' || (date '1970-01-01' + r.seen_day)::varchar
            || ' there, so silence since says nothing'
    end
    || case when r.told is not null then '; marked ' || r.told || ' by you' else '' end
    || '.' as evidence,
    case
        when r.class <> 'card' then null
        when e.last_in is not null then 'waiting_for_you'
        when e.last_out is not null then 'waiting_for_them'
        else 'silent'
    end as card_kind,
    case
        when r.class not in ('weak', 'strong') then false
        when r.seen_with > 0 then r.closest < r.bridge_below
    end as is_bridge,
    coalesce(e.days_in, 0) as days_in,
    coalesce(e.days_out, 0) as days_out,
    e.last_in,
    e.last_out,
    round(r.per_year, 4) as per_year,
    e.usual_gap as usual_gap_days,
    round(
        (r.seen_day - ((epoch_us(greatest(e.last_in, e.last_out)) + r.offset_us) // 86400000000))
        / greatest(e.usual_gap, r.shortest_gap), 2
    ) as overdue,
    r.seen_until,
    coalesce(r.hidden, false) as hidden,
    r.collected
from ringed r
join people using (person_id)
join worded w on w.owner_id = r.owner_id and w.person_id = r.person_id
left join mart.exchanges e on e.owner_id = r.owner_id and e.person_id = r.person_id
left join mart.conversations c on c.owner_id = r.owner_id and c.person_id = r.person_id
