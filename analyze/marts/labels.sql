-- question: What is each source called in words for people?
-- columns:
--   source: see contacts
--   label: the word; a source that is not listed here goes by its own name
-- source: definition
with
    worded as (
        select *
        from (
            values
                ('linkedin', 'LinkedIn'),
                ('facebook', 'Facebook'),
                ('messenger', 'Messenger'),
                ('instagram', 'Instagram'),
                ('whatsapp', 'WhatsApp'),
                ('vcard', 'address book'),
                ('google', 'Google contacts'),
                ('outlook', 'Outlook contacts'),
                ('csv', 'contact list'),
                ('ics', 'calendar'),
                ('mbox', 'mail'),
                ('google_chat', 'Google Chat'),
                ('telegram', 'Telegram'),
                ('sms', 'text messages'),
                ('x', 'X')
        ) line (source, label)
    ),
    used as (
        select source from main.contacts
        union
        select source from core.interactions
    )
select used.source, coalesce(worded.label, used.source) as label
from used
left join worded using (source)
