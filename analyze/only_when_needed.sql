-- question: Do I come back only with a request?
-- columns:
--   owner_id: see owners
--   person_id: see people
--   name: name of the person
--   class: see ties
--   by_you: you took up contact again; otherwise they did
--   reopenings: how often, after 90 silent days
--   with_ask: of these, with a request within three days
--   last_at: latest such request; null without any
--   source: where it stands
--   words: its words
--   hint_id: for notworking dismiss, if it is none
-- source: Sonnenberg: takers write only when they need something
-- limits: words only, see docs/hints.md; what was said by voice before is unseen
with
    knob as (
        select
            max(value) filter (name = 'reopening_days') * 8.64e10 as window_us,
            max(value) filter (name = 'hint_largest_group') as largest
        from thresholds
    ),
    asks as (
        select hints.*
        from hints cross join knob
        where hints.kind = 'ask' and not hints.dismissed and hints.thread_size <= knob.largest
    ),
    judged as (
        select
            r.owner_id,
            r.person_id,
            r.direction,
            r.reopened_at,
            min(asks."at") as asked_at,
            arg_min(asks.source, (asks."at", asks.hint_id)) as source,
            arg_min(asks.words, (asks."at", asks.hint_id)) as words,
            arg_min(asks.hint_id, (asks."at", asks.hint_id)) as hint_id
        from mart.reopenings r
        cross join knob
        left join asks
            on asks.owner_id = r.owner_id and asks.person_id = r.person_id
            and asks.direction = r.direction and asks."at" >= r.reopened_at
            and epoch_us(asks."at") - epoch_us(r.reopened_at) <= knob.window_us
        where r.owner_id in (select owner_id from hints)
        group by r.owner_id, r.person_id, r.direction, r.reopened_at
    )
select
    judged.owner_id,
    judged.person_id,
    any_value(ties.name) as name,
    any_value(ties.class) as class,
    judged.direction = 'out' as by_you,
    count(*) as reopenings,
    count(judged.asked_at) as with_ask,
    max(judged.asked_at) as last_at,
    arg_max(judged.source, judged.asked_at) as source,
    arg_max(judged.words, judged.asked_at) as words,
    arg_max(judged.hint_id, judged.asked_at) as hint_id
from judged
join ties on ties.owner_id = judged.owner_id and ties.person_id = judged.person_id
group by judged.owner_id, judged.person_id, judged.direction
order by judged.owner_id, by_you desc, with_ask desc, reopenings desc, judged.person_id
