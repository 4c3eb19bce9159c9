-- question: Which words stand where for each person: in titles, companies, skills, groups, and in what was written?
-- columns:
--   word: lower case, without accents; scripts without blanks as pairs of signs
--   field: see passages; message for what the two wrote; common for words of messages that are left out since too many people use them, and, as the empty word, for how many people wrote anything
--   person_id: see people; null for common words
--   times: how often
--   people: people with the word in this field, also those left out
--   last_on: day of the latest message with it (UTC); null outside messages
-- each: word
-- source: own definition; tags and notes are read where they stand, since they change between imports
-- limits: of a word in the messages with more than 50 people, the 50 with whom it fell most; words used with three in ten people are left out, since they say nothing
with
    told as (
        select
            passages.person_id,
            passages.field,
            coalesce(passages.text, events.text) as text
        from mart.passages
        left join raw.events using (event_id)
    ),
    told_tokens as (
        select
            person_id,
            field,
            unnest(string_split(
                regexp_replace(lower(strip_accents(text)), '[^\p{L}\p{N}+#]+', ' ', 'g'), ' '
            )) as token
        from told
        where text is not null
    ),
    told_counts as (
        select token, field, person_id, count(*) as times
        from told_tokens
        where token <> '' and length(token) <= 60
        group by token, field, person_id
    ),
    written_tokens as (
        select
            i.person_id,
            (epoch_us(i.at) // 86400000000)::integer as day,
            unnest(string_split(
                regexp_replace(lower(strip_accents(events.text)), '[^\p{L}\p{N}+#]+', ' ', 'g'), ' '
            )) as token
        from core.interactions i
        join raw.events using (event_id)
        semi join mart.known on known.owner_id = i.owner_id and known.person_id = i.person_id
        where i.kind not in ('endorsement', 'recommendation') and not i.one_click
            and (i.direction <> 'out' or i.thread_size = 2)
            and events.text is not null
    ),
    -- Signs from U+2E80 on are words by themselves; of letters at least two are one.
    written_counts as materialized (
        select token, person_id, count(*) as times, max(day) as day
        from written_tokens
        where length(token) between 2 and 30 or token >= '⺀'
        group by token, person_id
    ),
    -- The few spellings that strip_accents leaves alone, and scripts without blanks between words.
    odd as (
        select
            token,
            regexp_replace(
                replace(replace(translate(token, 'øłđıð', 'oldid'), 'ß', 'ss'), 'æ', 'ae'),
                '^[+#]+', ''
            ) as plain,
            regexp_matches(token, '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]') as is_unspaced
        from (
            select token from told_counts
            union
            select token from written_counts
        )
        where regexp_matches(token, '^[+#]|[øłđıðßæ\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]')
    ),
    spelled as (
        select token, plain as word
        from odd
        where not is_unspaced or length(plain) < 3
        union
        select token, unnest(list_transform(range(1, length(plain)), lambda i: plain[i:i + 1]))
        from odd
        where is_unspaced and length(plain) >= 3
    ),
    told_words as (
        select
            coalesce(spelled.word, told_counts.token) as word,
            told_counts.field,
            told_counts.person_id,
            max(told_counts.times) as times
        from told_counts
        left join spelled using (token)
        group by all
    ),
    written_words as (
        select
            coalesce(spelled.word, written_counts.token) as word,
            written_counts.person_id,
            written_counts.times,
            written_counts.day
        from written_counts
        left join spelled using (token)
    ),
    talkers as (
        select count(distinct person_id) as people from written_counts
    ),
    -- One word of one person can come here twice, from two spellings: the reader adds up.
    best as materialized (
        select
            word,
            count(*) as people,
            max({'times': times, 'day': day, 'person_id': person_id}, 50) as picks
        from written_words
        group by word
        having regexp_matches(word, '\p{L}') and not regexp_matches(word, '\d.*\d.*\d')
    ),
    limits as (
        select people as talkers, greatest(50, 0.3 * people) as most from talkers
    ),
    kept as (
        select best.word, best.people, unnest(best.picks) as pick
        from best cross join limits
        where best.people <= limits.most
    )
select
    word,
    field,
    person_id,
    times::integer as times,
    count(*) over (partition by word, field)::integer as people,
    null::date as last_on
from told_words
where word <> ''
union all
select
    word,
    'message',
    pick.person_id,
    pick.times::integer,
    people::integer,
    date '1970-01-01' + pick.day
from kept
union all
select best.word, 'common', null, null, best.people::integer, null
from best cross join limits
where best.people > limits.most
union all
select '', 'common', null, null, limits.talkers::integer, null
from limits
order by word, field, person_id
