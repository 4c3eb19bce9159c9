-- question: Whom did I leave waiting?
-- columns:
--   owner_id: see owners
--   place: place in the list
--   hint_id: notworking dismiss HINT_ID takes it off the list, done or none
--   person_id: see people
--   name: name of the person
--   class: see ties
--   what: request (of theirs, not answered so far) or promise (of yours, nothing seen of it)
--   at: when it was said
--   source: where
--   words: the words that suggest it
--   days_open: days since
-- source: Sonnenberg and others: deliver what you promise
-- limits: words only, see docs/hints.md; done by voice or with an attachment looks open here: dismiss it
with
    knob as (
        select
            max(value) filter (name = 'answer_days') as answer_days,
            max(value) filter (name = 'giving_days') as giving_days,
            max(value) filter (name = 'hint_largest_group') as largest,
            max(value) filter (name = 'owed_cap') as cap
        from thresholds
    ),
    counted as (
        select hints.*, now.day - (epoch_us(hints."at") + now.offset_us) // 86400000000 as days_open
        from hints
        join mart.now on now.owner_id = hints.owner_id
        cross join knob
        where not hints.dismissed and hints."at" is not null and hints.person_id is not null
            and hints.thread_size <= knob.largest
    ),
    open as (
        select counted.*, 'request' as what
        from counted
        left join mart.answers
            on answers.owner_id = counted.owner_id and answers.hint_id = counted.hint_id
        where counted.kind = 'ask' and counted.direction = 'in' and answers.hint_id is null
        union all
        select counted.*, 'promise'
        from counted
        cross join knob
        where counted.kind = 'promise' and counted.direction = 'out'
            and not exists (
                select 1
                from counted later
                where later.owner_id = counted.owner_id and later.person_id = counted.person_id
                    and later."at" > counted."at"
                    and epoch_us(later."at") - epoch_us(counted."at") <= knob.answer_days * 8.64e10
                    and (
                        (later.direction = 'out' and later.kind in ('link', 'intro'))
                        or (later.direction = 'in' and later.kind = 'thanks')
                    )
            )
    ),
    latest as (
        select
            owner_id,
            person_id,
            what,
            max("at") as moment,
            arg_max(source, ("at", hint_id)) as source,
            arg_max(words, ("at", hint_id)) as words,
            min(days_open) as days_open,
            arg_max(hint_id, ("at", hint_id)) as hint_id
        from open
        group by owner_id, person_id, what
    ),
    listed as (
        select
            latest.*,
            ties.name,
            ties.class,
            row_number() over (
                partition by latest.owner_id
                order by ties.strength * latest.days_open desc, latest.person_id, latest.what
            ) as place
        from latest
        join ties on ties.owner_id = latest.owner_id and ties.person_id = latest.person_id
        cross join knob
        where latest.days_open >= knob.answer_days and latest.days_open < knob.giving_days
            and ties.class <> 'card'
    )
select
    owner_id,
    place,
    hint_id,
    person_id,
    name,
    class,
    what,
    moment as "at",
    source,
    words,
    days_open::integer as days_open
from listed cross join knob
where place <= cap
order by owner_id, place
