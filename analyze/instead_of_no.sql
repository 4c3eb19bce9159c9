-- question: When I say no, do I name somebody else?
-- columns:
--   owner_id: see owners
--   person_id: whom you declined, see people
--   name: their name
--   class: see ties
--   at: when
--   source: where
--   words: the words that suggest it
--   instead: introduction (within seven days), name (somebody's name stands in the message) or null
--   instead_words: words of the introduction
--   hint_id: for notworking dismiss, if it is none
-- source: Sonnenberg: recommend somebody else
-- limits: words only, see docs/hints.md; a name is two capitalised words in a row, which may be a place
with
    knob as (
        select
            max(value) filter (name = 'hint_largest_group') as largest,
            max(value) filter (name = 'instead_days') * 8.64e10 as window_us
        from thresholds
    ),
    counted as (
        select hints.*
        from hints cross join knob
        where not hints.dismissed and hints.direction = 'out' and hints."at" is not null
            and hints.kind in ('decline', 'intro') and hints.thread_size <= knob.largest
    ),
    declined as (
        select
            counted.hint_id,
            any_value(counted.owner_id) as owner_id,
            any_value(counted.person_id) as person_id,
            any_value(counted."at") as moment,
            any_value(counted.source) as source,
            any_value(counted.words) as words,
            any_value(list_contains(counted.marks, 'name')) as names,
            arg_min(intro.words, (intro."at", intro.hint_id)) as instead_words
        from counted
        cross join knob
        left join counted intro
            on intro.owner_id = counted.owner_id and intro.person_id = counted.person_id
            and intro.kind = 'intro' and intro."at" >= counted."at"
            and epoch_us(intro."at") - epoch_us(counted."at") <= knob.window_us
        where counted.kind = 'decline'
        group by counted.hint_id
    )
select
    declined.owner_id,
    declined.person_id,
    ties.name,
    ties.class,
    declined.moment as "at",
    declined.source,
    declined.words,
    case
        when declined.instead_words is not null then 'introduction'
        when declined.names then 'name'
    end as instead,
    declined.instead_words,
    declined.hint_id
from declined
join ties on ties.owner_id = declined.owner_id and ties.person_id = declined.person_id
order by declined.owner_id, declined.moment desc, declined.hint_id
