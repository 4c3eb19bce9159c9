-- question: Which words stand in requests and introductions to the owner, and how rare are they?
-- columns:
--   owner_id: see owners
--   person_id: who wrote them
--   hint_id: the request or introduction, see hints
--   term: a word of the message, in lower case, that is not part of the request itself nor of a name of the two
--   rarity: how rare it is in the owner's mail: ln(messages / messages with it); common words are left out
-- each: person
-- source: inverse document frequency, over a sample of the owner's messages
-- limits: needs kept text; words only
with
    knob as (
        select
            max(value) filter (name = 'term_least_rarity') as least_rarity,
            max(value) filter (name = 'hint_largest_group') as largest
        from main.thresholds
    ),
    asked as (
        select h.owner_id, h.person_id, h.hint_id, h.words, e.text
        from core.hints h
        join raw.events e on e.event_id = h.event_id
        cross join knob
        where h.kind in ('ask', 'intro') and h.direction = 'in' and h.thread_size <= knob.largest
            and e.text is not null and h.person_id is not null
    ),
    spelled as (
        select
            owner_id,
            person_id,
            hint_id,
            string_split(trim(regexp_replace(lower(words), '[^\p{L}]+', ' ', 'g')), ' ') as request,
            unnest(list_distinct(string_split(
                trim(regexp_replace(lower(left(text, 4000)), '[^\p{L}]+', ' ', 'g')), ' '
            ))) as term
        from asked
    ),
    names as (
        select person_id, string_split(
            trim(regexp_replace(lower(name), '[^\p{L}]+', ' ', 'g')), ' ') as parts
        from main.people
        where name is not null
    ),
    selves as (
        select owner_id, flatten(list(parts)) as parts
        from main.owners
        join main.contacts using (owner_id)
        join names using (person_id)
        where contacts.relation = 'self'
        group by owner_id
    ),
    terms as (
        select spelled.owner_id, spelled.person_id, spelled.hint_id, spelled.term
        from spelled
        left join names using (person_id)
        left join selves using (owner_id)
        where length(spelled.term) >= 4 and not list_contains(spelled.request, spelled.term)
            and not list_contains(coalesce(names.parts, []), spelled.term)
            and not list_contains(coalesce(selves.parts, []), spelled.term)
    )
select
    terms.owner_id,
    terms.person_id,
    terms.hint_id,
    terms.term,
    ln((1 + sizes.messages) / (1 + coalesce(background.messages, 0))) as rarity
from terms
join mart.usual_terms sizes on sizes.owner_id = terms.owner_id and sizes.term is null
cross join knob
left join mart.usual_terms background
    on background.owner_id = terms.owner_id and background.term = terms.term
where ln((1 + sizes.messages) / (1 + coalesce(background.messages, 0))) >= knob.least_rarity
