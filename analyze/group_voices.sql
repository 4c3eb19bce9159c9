-- question: Who does the talking in my groups, and do I take part?
-- columns:
--   owner_id: see owners
--   thread_id: the conversation, see interactions
--   members: its members, you included
--   messages: messages in it
--   own_share: share of these by you
--   fair_share: one over its members
--   top_share: share by the other who wrote most
--   top_speaker: name of that person
--   top_speaker_id: the same as a number, see people
--   last_message: latest message
-- source: Sonnenberg: join groups and get involved
-- limits: reading along leaves no trace
select
    voices.owner_id,
    voices.thread_id,
    voices.members,
    voices.messages,
    round(voices.own / voices.messages, 4) as own_share,
    round(1 / voices.members, 4) as fair_share,
    round(voices.top / voices.messages, 4) as top_share,
    people.name as top_speaker,
    people.person_id as top_speaker_id,
    voices.last_at as last_message
from mart.voices
left join people on people.person_id = voices.top_person_id
order by voices.owner_id, voices.messages desc, voices.thread_id
