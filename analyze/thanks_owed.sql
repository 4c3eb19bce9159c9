-- question: Whom did I forget to thank?
-- columns:
--   owner_id: see owners
--   hint_id: for notworking dismiss, done or none; null for a recommendation
--   person_id: see people
--   name: name of the person
--   class: see ties
--   favour: recommendation, introduction, offer or answer (to your request)
--   at: when it was done
--   source: where
--   words: the words that suggest it; null for a recommendation
--   days_ago: days since
-- source: Sonnenberg: a thank-you is always required
-- limits: thanks by voice are unseen; the latest favour of a kind from each person
with
    knob as (
        select
            max(value) filter (name = 'answer_days') as answer_days,
            max(value) filter (name = 'giving_days') as giving_days
        from thresholds
    ),
    due as (
        select
            favours.*,
            now.day - (epoch_us(favours."at") + now.offset_us) // 86400000000 as days_ago
        from favours
        join mart.now on now.owner_id = favours.owner_id
        where favours.direction = 'received' and favours.thanked_at is null
    ),
    latest as (
        select
            owner_id,
            person_id,
            favour,
            max("at") as moment,
            arg_max(source, ("at", hint_id)) as source,
            arg_max(words, ("at", hint_id)) as words,
            min(days_ago) as days_ago,
            arg_max(hint_id, ("at", hint_id)) as hint_id
        from due
        group by owner_id, person_id, favour
    )
select
    latest.owner_id,
    latest.hint_id,
    latest.person_id,
    ties.name,
    ties.class,
    latest.favour,
    latest.moment as "at",
    latest.source,
    latest.words,
    latest.days_ago::integer as days_ago
from latest
join ties on ties.owner_id = latest.owner_id and ties.person_id = latest.person_id
cross join knob
where latest.days_ago >= knob.answer_days and latest.days_ago < knob.giving_days
    and latest.owner_id in (select owner_id from hints)
order by latest.owner_id, latest.days_ago, latest.person_id, latest.favour
