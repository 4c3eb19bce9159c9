-- question: What did I give and get, one by one?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   direction: given (by you) or received
--   favour: recommendation, introduction, offer or answer (to a request)
--   at: when
--   source: see interactions
--   words: the words that suggest it; null for a recommendation
--   hint_id: for notworking dismiss, if it is none; null for a recommendation
--   thanked_at: first thanks of the side that got it within the days that count; null without any
-- source: Sonnenberg, Hargreaves and others: a two-way street; an offer counts when it is made, since its keeping cannot be seen
-- limits: words only, see docs/hints.md; spoken favours are unseen; a request answered with a decline is no favour
with
    knob as (
        select
            max(value) filter (name = 'hint_largest_group') as largest,
            max(value) filter (name = 'answer_days') * 8.64e10 as window_us
        from thresholds
    ),
    counted as (
        select hints.*
        from hints cross join knob
        where not hints.dismissed and hints.person_id is not null and hints."at" is not null
            and hints.thread_size <= knob.largest
    ),
    offered as (
        select
            owner_id,
            person_id,
            case direction when 'out' then 'given' else 'received' end as direction,
            case kind when 'intro' then 'introduction' else 'offer' end as favour,
            "at" as moment,
            source,
            words,
            hint_id
        from counted
        where kind in ('offer', 'intro')
    ),
    answered as (
        select
            counted.owner_id,
            counted.person_id,
            case counted.direction when 'in' then 'given' else 'received' end as direction,
            'answer' as favour,
            answers.answered_at as moment,
            counted.source,
            counted.words,
            counted.hint_id
        from counted
        join mart.answers on answers.owner_id = counted.owner_id and answers.hint_id = counted.hint_id
        cross join knob
        where counted.kind = 'ask'
            and epoch_us(answers.answered_at) - epoch_us(counted."at") <= knob.window_us
            and answers.event_id not in (select event_id from counted where kind = 'decline')
    ),
    recommended as (
        select
            i.owner_id,
            i.person_id,
            case i.direction when 'out' then 'given' else 'received' end as direction,
            'recommendation' as favour,
            i."at" as moment,
            i.source,
            null::varchar as words,
            null::bigint as hint_id
        from core.interactions i
        where i.kind = 'recommendation' and i.direction in ('in', 'out') and i."at" is not null
            and i.person_id is not null
    ),
    favours as (
        from offered union all by name from answered union all by name from recommended
    ),
    thanked as (
        select
            owner_id,
            person_id,
            case direction when 'out' then 'received' else 'given' end as direction,
            "at" as moment
        from counted
        where kind = 'thanks'
    )
select
    favours.owner_id,
    favours.person_id,
    favours.direction,
    favours.favour,
    favours.moment as "at",
    favours.source,
    favours.words,
    favours.hint_id,
    case when epoch_us(thanked.moment) - epoch_us(favours.moment) <= knob.window_us
        then thanked.moment end as thanked_at
from favours
asof left join thanked
    on favours.owner_id = thanked.owner_id and favours.person_id = thanked.person_id
    and favours.direction = thanked.direction and favours.moment <= thanked.moment
cross join knob
