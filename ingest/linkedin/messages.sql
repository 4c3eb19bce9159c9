-- Turns the rows of messages.csv (layouts since 2021, with a conversation id) into events.
-- Rows that need more than plain column work are set aside for messages.mend: HTML bodies, drafts,
-- dates and profile addresses in another shape, recipients whose names and addresses do not pair.
-- For every other row this must say what messages.mend says; a test holds the two together.
-- Blanks are cut off only where there are some: trim is dear. So are patterns: the usual shape of a
-- cell is asked for first, by comparing.
-- reads: conversationid, conversationtitle, from, senderprofileurl, to, recipientprofileurls, date, content, folder, ismessagedraft, isconversationdraft
with cleaned as (
    select
        columns('^cell_\d+$'),
        "date",
        case
            when conversationid < '!' or conversationid[-1] <= ' '
                then trim(conversationid, chr(9) || chr(10) || chr(13) || ' ')
            else conversationid
        end as conversation,
        conversationtitle as title,
        case
            when "from" < '!' or "from"[-1] <= ' '
                then nullif(trim("from", chr(9) || chr(10) || chr(13) || ' '), '')
            else "from"
        end as sender,
        lower(nfc_normalize(senderprofileurl)) as sender_key,
        case
            when "to" < '!' or "to"[-1] <= ' '
                then trim("to", chr(9) || chr(10) || chr(13) || ' ')
            else coalesce("to", '')
        end as others,
        coalesce(string_split(lower(nfc_normalize(recipientprofileurls)), ','), []) as keys,
        case
            when "date" like '____-__-__ __:__:__ UTC' and "date" >= '1'
                then try_strptime("date", '%Y-%m-%d %H:%M:%S UTC')
            when regexp_full_match(
                "date", '[1-9]\d{3}-\d\d-\d\d[ T]([01]\d|2[0-3]):\d\d:\d\d( UTC)?'
            )
                then try_cast(left("date", 19) as timestamp)
        end as sent,
        case
            when content < '!' or content[-1] <= ' '
                then trim(content, chr(9) || chr(10) || chr(13) || ' ')
            else coalesce(content, '')
        end as body,
        conversationid is null
            or not regexp_full_match(
                concat(senderprofileurl, '|', recipientprofileurls),
                '(https://www\.linkedin\.com/in/[^/?#%,;|\s]+)?\|'
                || '(https://www\.linkedin\.com/in/[^/?#%,;|\s]+'
                || '(,https://www\.linkedin\.com/in/[^/?#%,;|\s]+)*)?'
            )
            or not coalesce(
                folder in ('INBOX', 'ARCHIVE', 'SENT') or regexp_full_match(folder, '[A-Z_]*'),
                true
            )
            or contains(coalesce("to", ''), 'LinkedIn Member')
            or contains(coalesce("to", ''), ';')
            or case
                when contains(content, '<')
                    then regexp_matches(content, '(?i)<(p|br|ul|ol|li|strong|a|em|div|span)\b')
                else false
            end
            or coalesce(ismessagedraft <> 'No' and lower(ismessagedraft) not in ('no', 'false'), false)
            or coalesce(
                isconversationdraft <> 'No' and lower(isconversationdraft) not in ('no', 'false'),
                false
            )
            as odd
    from bulk_rows
),

-- ", " belongs to a name; only a bare comma stands between two.
listed as (
    select
        *,
        case
            when others = '' then []
            when not contains(others, ',') then [others]
            else list_filter(
                list_transform(
                    string_split(replace(others, ', ', chr(1)), ','),
                    lambda part:
                        trim(replace(part, chr(1), ', '), chr(9) || chr(10) || chr(13) || ' ')
                ),
                lambda part: part <> ''
            )
        end as names,
        replace(body, ' ', '') as unspaced,
        odd or sent is null or conversation = '' or len(keys) not in (0, len(names)) as set_aside
    from cleaned
)

select
    null::varchar as place,
    case
        when title = 'Sponsored Conversation' then 'sponsored'
        when sender is null then 'system'
        else 'message'
    end as kind,
    concat(
        conversation, '|', left("date", 10), 'T', substr("date", 12, 8), 'Z|',
        coalesce(sender_key, sender), '|',
        md5(replace(replace(replace(unspaced, chr(10), ''), chr(13), ''), chr(9), ''))[:16]
    ) as key,
    {'key': sender_key, 'name': case when sender <> 'LinkedIn Member' then sender end} as party,
    null::varchar as direction,
    case
        when len(names) > 0
            then list_transform(names, lambda name, n: {'key': keys[n], 'name': name})
    end as recipients,
    conversation as thread_key,
    case when len(names) > 0 then (len(names) + 1)::integer end as thread_size,
    sent at time zone 'UTC' as "at",
    nullif(body, '') as text,
    body in (
        'Congrats on your work anniversary!', 'Congrats on the new job!', 'Happy birthday!', '👍'
    ) as one_click,
    case
        when body = '' then 0
        when body between '!' and '~' and body[-1] between '!' and '~'
            then strlen(body) - strlen(unspaced) + 1
    end as words,
    case when set_aside then list_value(*columns('^cell_\d+$')) end as aside
from listed
