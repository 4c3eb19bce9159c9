-- question: In how many of the sampled messages does each word stand?
-- columns:
--   owner_id: see owners
--   term: a word of four letters and more, in lower case; null for any
--   messages: messages with it
-- source: plain counts
-- follows: sampled
-- limits: needs kept text
with
    told as (
        select e.owner_id, left(e.text, 4000) as text
        from mart.sampled
        join raw.events e using (owner_id, event_id)
        where e.text is not null
    ),
    terms as (
        select
            owner_id,
            unnest(list_distinct(string_split(
                trim(regexp_replace(lower(text), '[^\p{L}]+', ' ', 'g')), ' '
            ))) as term
        from told
    )
select owner_id, term, count(*) as messages
from terms
where length(term) >= 4
group by owner_id, term
union all
select owner_id, null, count(*)
from told
group by owner_id
