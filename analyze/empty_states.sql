-- question: What can I do where an answer is empty?
-- columns:
--   name: an analysis, see analyses
--   what_to_do: what to import or tag to fill it
-- source: definition
-- limits: says nothing in a database without any import
select name, what_to_do
from (
    values
        ('audit_round', 'Import messages; or everybody was asked about within the last quarter.'),
        ('birthdays', 'Import an address book or a Facebook export that holds birthdays; nothing is due otherwise.'),
        ('bridges', 'Import conversations: somebody must have been in touch with you both ways.'),
        ('broadcast', 'Import messages or posts of your own: the full LinkedIn or Facebook export holds them.'),
        ('card_bursts', 'Import LinkedIn connections or Facebook friends; without a day of many new contacts there is nothing to show.'),
        ('chances_by_band', 'Import more than a year of messages, so that last year''s chances can be checked.'),
        ('chances_kept', 'Import messages with dates.'),
        ('circles', 'Import group conversations.'),
        ('clique_or_bridge', 'Import group conversations.'),
        ('cultivation', 'Import connections or friends with dates, and messages.'),
        ('diversity', 'Import connections with companies, titles and places.'),
        ('door_openers', 'Import group conversations and messages, or tag those you met through somebody: notworking tag WHO "met-through:NAME".'),
        ('drift', 'Import messages over more than a quarter; nobody is slipping away otherwise.'),
        ('energy', 'Answer the round ''notworking audit'', or tag: notworking tag WHO energy:2 (from -2 to 2).'),
        ('event_follow_up', 'Import a calendar or a Facebook export with events.'),
        ('face_time', 'Import messages, calls or a calendar.'),
        ('face_time_by_month', 'Import messages, calls or a calendar.'),
        ('favours', 'Import messages with text, or LinkedIn recommendations.'),
        ('giver_taker', 'Import messages with text, or LinkedIn recommendations.'),
        ('giver_taker_people', 'Import messages with text, or LinkedIn recommendations.'),
        ('good_hours', 'Import messages: ten answers of one person are needed.'),
        ('grew', 'Import a second, later export: titles are compared between the two.'),
        ('group_voices', 'Import group conversations.'),
        ('how_i_ask', 'Import messages with text: twenty requests of yours are needed.'),
        ('instead_of_no', 'Import messages with text; you declined nothing in them otherwise.'),
        ('introducer_loop', 'Import group conversations and messages with text, or tag: notworking tag WHO "met-through:NAME".'),
        ('introductions_to_make', 'Import messages with text and connections with titles, or tag needs:TERM and knows:TERM.'),
        ('known_for', 'Import messages and keep their text (without --no-text), or LinkedIn endorsements.'),
        ('leverage', 'Import conversations, group conversations among them.'),
        ('news', 'Import a second, later export: jobs are compared between the two.'),
        ('notworking_index', 'Import connections, friends or an address book.'),
        ('only_bridge', 'Import the exports of a second owner with --owner NAME.'),
        ('only_when_needed', 'Import messages with text over more than a quarter.'),
        ('outcomes', 'Tag those through whom something came: notworking tag WHO outcome:job (or client, answer, help ...).'),
        ('overlap', 'Import the exports of a second owner with --owner NAME.'),
        ('owed', 'Import messages with text; nobody is waiting for you otherwise.'),
        ('past_ties', 'Import messages with dates.'),
        ('readiness', 'Import connections and messages.'),
        ('reliance', 'Import messages of the last year.'),
        ('reverse_networking', 'Import LinkedIn invitations or messages.'),
        ('ring_moves', 'Import more than a year of messages.'),
        ('rings', 'Import messages, calls or a calendar.'),
        ('seniority', 'Import connections with titles.'),
        ('six_benefits', 'Answer the round ''notworking audit'', or tag: notworking tag WHO benefit:support (information, influence, development, purpose, balance).'),
        ('social_signature', 'Import messages of a year at least.'),
        ('step_back', 'Answer the round ''notworking audit'' first; nobody stands out otherwise.'),
        ('thanks_owed', 'Import messages with text; nothing waits for thanks otherwise.'),
        ('the_dozen', 'Import messages: somebody must have been in touch with you both ways.'),
        ('ties', 'Import connections, friends, an address book or messages.'),
        ('trust', 'Import messages with text, or answer the round ''notworking audit''.'),
        ('visibility', 'Import any export.'),
        ('waiting_for', 'Import messages; nobody left you without an answer otherwise.'),
        ('who_could_help', 'Import connections with titles or endorsements, or tag people in your own words.'),
        ('who_knows_best', 'Import the exports of a second owner with --owner NAME.'),
        ('worth_waking', 'Import messages over more than a year; no tie is asleep otherwise.')
) states (name, what_to_do)
where (select count(*) from owners) > 0
order by name
