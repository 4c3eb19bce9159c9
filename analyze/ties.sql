-- question: Which of my contacts are real ties, and which are only cards?
-- columns:
--   owner_id: whose tie, see owners
--   person_id: with whom, see people
--   name: name of the person
--   class: inner, strong, weak, dormant or card; your own tag (class:inner, class:strong, class:weak, class:dormant, pin) comes first
--   ring: 1 (closest) to 5 by contact days a year; null for cards
--   strength: comparable within an owner; yearly contact comes to about 4, half-yearly 5.5, monthly 9.5, weekly 12, daily 16
--   alive: chance of a two-way exchange in the next 12 months; capped after a long silence, see long_silence_chance in thresholds
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
            max(value) filter (name = 'dormant_after_days') as dormant_after,
            max(value) filter (name = 'long_silence_chance') as silent_chance,
            max(value) filter (name = 'alive_slope') as b,
            max(value) filter (name = 'alive_horizon') as c,
            max(value) filter (name = 'horizon_days') as horizon,
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
    silence as (
        select
            standing.*,
            standing.hidden_days > knob.sight_gap as hidden,
            standing.silent_days > greatest(knob.dormant_after, 2 * coalesce(standing.usual_gap, 0))
                as long_silent,
            1 / (1 + exp(-(knob.a + knob.b * standing.s + knob.c * ln(knob.horizon / 365)))) as p0
        from mart.standing cross join knob
    ),
    capped as (
        select
            silence.*,
            least(silence.p0, case when silence.long_silent then knob.silent_chance end) as p1
        from silence cross join knob
    ),
    rated as (
        select
            capped.*,
            case when capped.touched
                then capped.p1 * kept.factor / (1 - capped.p1 + capped.p1 * kept.factor)
                else 0
            end as alive,
            case
                when capped.per_year >= knob.inner_per_year then 1
                when capped.per_year >= knob.close_per_year then 2
                when capped.days_year >= knob.regular_days then 3
                when capped.days_year >= knob.acquaintance_days then 4
                else 5
            end as counted_ring,
            told.class as told
        from capped
        cross join knob
        left join chances_kept kept on kept.owner_id = capped.owner_id
        left join told on told.person_id = capped.person_id
    ),
    classed as (
        select
            rated.*,
            coalesce(
                rated.told,
                case
                    when not rated.two_way then 'card'
                    when (rated.alive < knob.dormant_below or rated.long_silent)
                        and not (rated.hidden and rated.cut)
                        then 'dormant'
                    when rated.counted_ring = 1 then 'inner'
                    when rated.counted_ring = 2 then 'strong'
                    else 'weak'
                end
            ) as class
        from rated cross join knob
    )
select
    c.owner_id,
    c.person_id,
    people.name,
    c.class,
    case
        when c.class = 'card' then null
        when c.told = 'inner' then 1
        when c.told = 'strong' then 2
        when c.told = 'weak' then greatest(c.counted_ring, 3)
        else c.counted_ring
    end as ring,
    round(c.s, 4) as strength,
    round(c.alive, 4) as alive,
    c.first_at as first_contact,
    c.last_at as last_contact,
    c.messages_in,
    c.messages_out,
    c.interactions,
    c.active_months,
    case when greatest(c.days_in, c.days_out) > 0
        then round(least(c.days_in, c.days_out) / greatest(c.days_in, c.days_out), 4)
    end as reciprocity,
    round(c.initiated, 4) as initiated_by_me,
    round(c.reply_hours, 2) as median_reply_hours,
    round(c.one_to_one, 4) as one_to_one_share,
    c.sources,
    c.account
    || case
        when not c.hidden or c.interactions = 0 then ''
        when c.cut then '; the conversation moved into encryption after '
            || strftime(make_timestamp(epoch_us(c.seen_until)), '%Y-%m-%d')
            || ' and cannot be seen since'
        else '; the data end on ' || strftime(make_timestamp(epoch_us(c.seen_until)), '%Y-%m-%d')
            || ' there, so silence since says nothing'
    end
    || case when c.told is not null then '; marked ' || c.told || ' by you' else '' end
    || '.' as evidence,
    case
        when c.class <> 'card' then null
        when c.days_in > 0 then 'waiting_for_you'
        when c.days_out > 0 then 'waiting_for_them'
        else 'silent'
    end as card_kind,
    case
        when c.class not in ('weak', 'strong') then false
        when c.seen_with > 0 then c.closest < knob.bridge_below
    end as is_bridge,
    c.days_in,
    c.days_out,
    c.last_in,
    c.last_out,
    round(c.per_year, 4) as per_year,
    c.usual_gap as usual_gap_days,
    round(c.silent_days / greatest(c.usual_gap, knob.shortest_gap), 2) as overdue,
    c.seen_until,
    coalesce(c.hidden, false) as hidden,
    c.collected
from classed c
join people on people.person_id = c.person_id
cross join knob
