-- Turns the rows of messages.csv (layouts since 2021, with a conversation id) into events.
-- Rows that need more than plain column work are set aside for messages.mend: HTML bodies, drafts,
-- dates and profile addresses in another shape, recipients whose names and addresses do not pair.
-- For every other row this must say what messages.mend says; a test holds the two together.
-- reads: conversationid, conversationtitle, from, senderprofileurl, to, recipientprofileurls, date, content, folder, ismessagedraft, isconversationdraft
with cleaned as (
    select
        cells,
        trim(conversationid, chr(9) || chr(10) || chr(13) || ' ') as conversation,
        conversationtitle as title,
        trim("from", chr(9) || chr(10) || chr(13) || ' ') as sender,
        senderprofileurl as sender_url,
        trim("to", chr(9) || chr(10) || chr(13) || ' ') as names,
        recipientprofileurls as urls,
        try_cast("date"[1:19] as timestamp) as sent,
        "date"[1:10] || 'T' || "date"[12:19] || 'Z' as sent_text,
        trim(content, chr(9) || chr(10) || chr(13) || ' ') as body,
        case
            when conversationid is null then true
            when not regexp_full_match(
                coalesce("date", ''), '[1-9]\d{3}-\d\d-\d\d[ T]\d\d:\d\d:\d\d( UTC)?'
            ) then true
            when not regexp_full_match(
                coalesce(senderprofileurl, ''), '(https://www\.linkedin\.com/in/[^/?#%,;\s]+)?'
            ) then true
            when not regexp_full_match(
                coalesce(recipientprofileurls, ''),
                '(https://www\.linkedin\.com/in/[^/?#%,;\s]+(,https://www\.linkedin\.com/in/[^/?#%,;\s]+)*)?'
            ) then true
            when contains(coalesce("to", ''), 'LinkedIn Member') then true
            when not regexp_full_match(coalesce(folder, ''), '[A-Z_]*') then true
            when contains(coalesce("to", ''), ';') then true
            when contains(content, '<')
                and regexp_matches(content, '(?i)<(p|br|ul|ol|li|strong|a|em|div|span)\b') then true
            when lower(coalesce(ismessagedraft, 'no')) not in ('no', 'false') then true
            when lower(coalesce(isconversationdraft, 'no')) not in ('no', 'false') then true
            else false
        end as odd
    from bulk_rows
),

-- ", " belongs to a name; only a bare comma stands between two.
listed as (
    select
        * exclude (sender),
        case when sender = '' then null else sender end as sender,
        lower(nfc_normalize(sender_url)) as sender_key,
        case when urls is null then [] else string_split(lower(nfc_normalize(urls)), ',') end as keys,
        case
            when coalesce(names, '') = '' then []
            when not contains(names, ',') then [names]
            else list_filter(
                list_transform(
                    string_split(replace(names, ', ', chr(1)), ','),
                    lambda part: trim(replace(part, chr(1), ', '), chr(9) || chr(10) || chr(13) || ' ')
                ),
                lambda part: part <> ''
            )
        end as listed_names
    from cleaned
),

paired as (
    select
        *,
        odd or sent is null or conversation = ''
            or (len(keys) > 0 and len(keys) <> len(listed_names)) as set_aside,
        case
            when len(keys) = 0 and len(listed_names) = 0 then null
            else list_transform(
                range(1, len(listed_names) + 1),
                lambda place: {'key': keys[place], 'name': listed_names[place]}
            )
        end as recipients
    from listed
)

select
    null::varchar as place,
    case
        when title = 'Sponsored Conversation' then 'sponsored'
        when sender is null then 'system'
        else 'message'
    end as kind,
    conversation || '|' || sent_text || '|' || coalesce(sender_key, sender, '') || '|'
        || md5(replace(replace(replace(replace(coalesce(body, ''), ' ', ''), chr(10), ''), chr(13), ''), chr(9), ''))[1:16]
        as key,
    {'key': sender_key, 'name': case when sender <> 'LinkedIn Member' then sender end} as party,
    null::varchar as direction,
    recipients,
    conversation as thread_key,
    (len(recipients) + 1)::integer as thread_size,
    sent at time zone 'UTC' as "at",
    case when body <> '' then body end as text,
    coalesce(
        body in (
            'Congrats on your work anniversary!', 'Congrats on the new job!', 'Happy birthday!', '👍'
        ),
        false
    ) as one_click,
    case when set_aside then cells end as aside
from paired
