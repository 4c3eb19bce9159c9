-- question: Who brought the owner together with whom?
-- columns:
--   owner_id: see owners
--   introducer_id: who did, see people
--   person_id: with whom, see people
--   how: group (wrote first where the two met), named (an introduction by their words names the person) or tag (your tag met-through:NAME)
--   introduced_at: when; null for a tag
--   hint_id: the words, see hints; null for a group without such words and for a tag
--   source: see interactions; null for a tag
--   first_exchange_at: first time after that when both had acted; null if they have not
--   told_at: first own word to the introducer after that; null without any
-- source: own rule: the introducer was in touch with the owner already, the introduced was not
-- limits: introductions by voice are unseen; tag them met-through:NAME; names in words need kept text
with
    knob as (
        select
            max(value) filter (name = 'intro_largest_group') as largest,
            max(value) filter (name = 'intro_follows_days') * 8.64e10 as window_us
        from main.thresholds
    ),
    spoken as (
        select i.owner_id, i.person_id, i.direction, i."at" as moment
        from core.interactions i
        semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
        where i."at" is not null and not i.one_click
            and (i.kind <> 'invitation' or i.words > 0)
    ),
    firsts as (
        select
            owner_id,
            person_id,
            first_spoken_at as first_at,
            first_spoken_in as first_in,
            first_spoken_out as first_out
        from mart.exchanges
        where first_spoken_at is not null
    ),
    began as (
        select
            i.owner_id,
            i.thread_id,
            min(i."at") as moment,
            arg_min(i.direction, (i."at", i.interaction_id)) as direction,
            arg_min(i.person_id, (i."at", i.interaction_id)) as introducer_id,
            arg_min(i.event_id, (i."at", i.interaction_id)) as event_id,
            any_value(i.source) as source,
            max(i.thread_size) as members
        from core.interactions i
        where i.kind = 'message' and i."at" is not null and i.thread_id is not null
            and i.thread_size >= 3
        group by i.owner_id, i.thread_id
    ),
    in_groups as (
        select
            began.owner_id,
            began.introducer_id,
            together.person_id,
            'group' as how,
            began.moment as introduced_at,
            began.event_id,
            began.source
        from began
        cross join knob
        join firsts introducer
            on introducer.owner_id = began.owner_id
            and introducer.person_id = began.introducer_id
            and greatest(introducer.first_in, introducer.first_out) < began.moment
        join mart.thread_members together
            on together.owner_id = began.owner_id and together.thread_id = began.thread_id
            and together.person_id <> began.introducer_id
        join firsts introduced
            on introduced.owner_id = began.owner_id
            and introduced.person_id = together.person_id
            and introduced.first_at >= began.moment
        where began.direction = 'in' and began.members <= knob.largest
    ),
    named_in as (
        select h.owner_id, h.person_id, h."at" as moment, h.event_id, h.source, lower(e.text) as text
        from core.hints h
        join raw.events e on e.event_id = h.event_id
        where h.kind = 'intro' and h.direction = 'in' and e.text is not null
    ),
    new_people as (
        select firsts.owner_id, firsts.person_id, firsts.first_at, lower(people.name) as name
        from firsts
        join main.people on people.person_id = firsts.person_id
        where people.name like '% %'
    ),
    by_name as (
        select
            named_in.owner_id,
            named_in.person_id as introducer_id,
            new_people.person_id,
            'named' as how,
            named_in.moment as introduced_at,
            named_in.event_id,
            named_in.source
        from named_in
        cross join knob
        join new_people
            on new_people.owner_id = named_in.owner_id
            and new_people.person_id <> named_in.person_id
            and new_people.first_at >= named_in.moment
            and epoch_us(new_people.first_at) - epoch_us(named_in.moment) <= knob.window_us
            and contains(named_in.text, new_people.name)
    ),
    by_tag as (
        select
            introduced.owner_id,
            introducer.person_id as introducer_id,
            introduced.person_id,
            'tag' as how,
            null::timestamptz as introduced_at,
            null::bigint as event_id,
            null as source
        from main.tags
        join mart.known introduced on introduced.person_id = tags.person_id
        join main.people on lower(people.name) = lower(trim(substr(tags.tag, 13)))
        join mart.known introducer
            on introducer.owner_id = introduced.owner_id
            and introducer.person_id = people.person_id
        where tags.tag like 'met-through:%' and introducer.person_id <> introduced.person_id
    ),
    found as (
        from in_groups union all by name from by_name union all by name from by_tag
    ),
    earliest as (
        select
            owner_id,
            introducer_id,
            person_id,
            arg_min(how, (introduced_at is null, introduced_at, how)) as how,
            min(introduced_at) as introduced_at,
            arg_min(event_id, (introduced_at, how)) as event_id,
            arg_min(source, (introduced_at, how)) as source
        from found
        group by owner_id, introducer_id, person_id
    ),
    exchanged as (
        select
            earliest.owner_id,
            earliest.introducer_id,
            earliest.person_id,
            case
                when count(*) filter (spoken.direction = 'mutual') > 0
                    or count(distinct spoken.direction) = 2
                then greatest(
                    min(spoken.moment) filter (spoken.direction in ('in', 'mutual')),
                    min(spoken.moment) filter (spoken.direction in ('out', 'mutual'))
                )
            end as first_exchange_at
        from earliest
        join spoken
            on spoken.owner_id = earliest.owner_id and spoken.person_id = earliest.person_id
            and spoken.moment >= coalesce(earliest.introduced_at, spoken.moment)
        group by earliest.owner_id, earliest.introducer_id, earliest.person_id
    )
select
    earliest.owner_id,
    earliest.introducer_id,
    earliest.person_id,
    any_value(earliest.how) as how,
    any_value(earliest.introduced_at) as introduced_at,
    min(h.hint_id) as hint_id,
    any_value(earliest.source) as source,
    any_value(exchanged.first_exchange_at) as first_exchange_at,
    min(told.moment) as told_at
from earliest
left join exchanged using (owner_id, introducer_id, person_id)
left join core.hints h
    on h.event_id = earliest.event_id and h.owner_id = earliest.owner_id
    and h.person_id = earliest.introducer_id and h.kind = 'intro'
left join spoken told
    on told.owner_id = earliest.owner_id and told.person_id = earliest.introducer_id
    and told.direction in ('out', 'mutual') and told.moment > exchanged.first_exchange_at
group by earliest.owner_id, earliest.introducer_id, earliest.person_id
