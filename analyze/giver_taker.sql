-- question: Do I give as I get, all in all?
-- columns:
--   owner_id: see owners
--   given: favours from you in the last 365 days: recommendations, introductions, offers, answers to requests
--   received: the same from others
--   balance: (given - received) / (given + received); null with fewer than three
--   asked: your requests
--   asked_of_you: requests to you
--   thanked: your thanks
--   thanked_you: thanks to you
--   people: people with a favour either way
--   all_giving: of these, people to whom you only gave, at least three times
--   all_taking: people from whom you only took, at least three times
-- source: Sonnenberg, Hargreaves: a two-way street
-- limits: words only, see docs/hints.md; spoken favours are unseen; both ends are worth a thought: never letting others give is no gift
with
    knob as (
        select max(value) filter (name = 'balance_least') as least from thresholds
    ),
    summed as (
        select
            owner_id,
            sum(given)::bigint as given,
            sum(received)::bigint as received,
            sum(asked)::bigint as asked,
            sum(asked_of_you)::bigint as asked_of_you,
            sum(thanked)::bigint as thanked,
            sum(thanked_you)::bigint as thanked_you,
            count(*) filter (given + received > 0) as people,
            count(*) filter (leaning = 'all_giving') as all_giving,
            count(*) filter (leaning = 'all_taking') as all_taking
        from giver_taker_people
        group by owner_id
    )
select
    owner_id,
    given,
    received,
    case when given + received >= least
        then round((given - received) / (given + received), 4)
    end as balance,
    asked,
    asked_of_you,
    thanked,
    thanked_you,
    people,
    all_giving,
    all_taking
from summed cross join knob
order by owner_id
