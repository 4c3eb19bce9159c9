-- question: Do I talk at people?
-- columns:
--   owner_id: see owners
--   month: first day of the month
--   said: own messages, posts and shares
--   posts: of these, posts and shares
--   to_many: of these, messages to a conversation with more than ten members
--   unanswered: of the latter, without an answer within 14 days
--   share: posts and unanswered messages to many, over all
-- source: Sonnenberg: me-first marketing
-- limits: readers who never answer are unseen, and so are answers to posts
select
    owner_id,
    month,
    messages + posts as said,
    posts,
    to_many,
    unanswered,
    round((posts + unanswered) / (messages + posts), 4) as share
from mart.own_months
where messages + posts > 0
order by owner_id, month
