-- question: How do I ask, and what gets an answer?
-- columns:
--   owner_id: see owners
--   mark: all, question (mark), number, date, name, specific (two or more of number, date and name) or vague (none of these)
--   asks: own requests with it
--   answered: of these, answered within 14 days
--   share: answered over asks
--   low: lower end of its interval (Wilson)
--   high: upper end of its interval
--   per_contact_day: for all: requests for each day on which you acted towards the people asked
--   latest_at: latest of them
--   latest_words: its words
-- source: Sonnenberg: be specific and reasonable
-- limits: shown from 20 requests on; words only, see docs/hints.md; length is not quality
with
    knob as (
        select
            max(value) filter (name = 'hint_largest_group') as largest,
            max(value) filter (name = 'answer_days') * 8.64e10 as window_us,
            max(value) filter (name = 'asks_least') as least,
            max(value) filter (name = 'interval_z') as z
        from thresholds
    ),
    asks as (
        select
            hints.owner_id,
            hints.event_id,
            any_value(hints.marks) as marks,
            any_value(hints.words) as words,
            any_value(hints."at") as moment,
            list(distinct hints.person_id) as people,
            bool_or(coalesce(
                epoch_us(answers.answered_at) - epoch_us(hints."at") <= knob.window_us, false
            )) as answered
        from hints
        cross join knob
        left join mart.answers
            on answers.owner_id = hints.owner_id and answers.hint_id = hints.hint_id
        where hints.kind = 'ask' and hints.direction = 'out' and not hints.dismissed
            and hints."at" is not null and hints.thread_size <= knob.largest
        group by hints.owner_id, hints.event_id
    ),
    specified as (
        select *, len(list_filter(marks, lambda m: m in ('number', 'date', 'name'))) as specifics
        from asks
    ),
    marked as (
        select owner_id, 'all' as mark, 1 as line, answered, moment, words from specified
        union all
        select owner_id, unnest(marks), 2, answered, moment, words from specified
        union all
        select owner_id, 'specific', 3, answered, moment, words from specified where specifics >= 2
        union all
        select owner_id, 'vague', 4, answered, moment, words from specified where specifics = 0
    ),
    summed as (
        select
            owner_id,
            mark,
            any_value(line) as line,
            count(*) as asks,
            count(*) filter (answered) as answered,
            count(*) filter (answered) / count(*) as share,
            max(moment) as latest_at,
            arg_max(words, (moment, words)) as latest_words
        from marked
        group by owner_id, mark
    ),
    days as (
        select d.owner_id, count(*) as days
        from mart.contact_days d
        semi join (
            select distinct owner_id, unnest(people) as person_id from asks
        ) asked on asked.owner_id = d.owner_id and asked.person_id = d.person_id
        where d.direction = 'out' and d.exchanged
        group by d.owner_id
    )
select
    summed.owner_id,
    summed.mark,
    summed.asks,
    summed.answered,
    round(summed.share, 4) as share,
    round((share + z * z / 2 / asks - z * sqrt((share * (1 - share) + z * z / 4 / asks) / asks))
        / (1 + z * z / asks), 4) as low,
    round((share + z * z / 2 / asks + z * sqrt((share * (1 - share) + z * z / 4 / asks) / asks))
        / (1 + z * z / asks), 4) as high,
    case when summed.mark = 'all' then round(summed.asks / days.days, 4) end as per_contact_day,
    summed.latest_at,
    summed.latest_words
from summed
left join days on days.owner_id = summed.owner_id
cross join knob
where summed.owner_id in (
    select whole.owner_id
    from summed whole cross join knob
    where whole.mark = 'all' and whole.asks >= knob.least
)
order by summed.owner_id, summed.line, summed.mark
