"""Mail: what nobody wrote by hand, and what folders and labels say of a mail.

Lists, newsletters and notifications are told by their fields and by the sender's address. That
misses some and is meant to err on the side of people: a wrong newsletter has no answers anyway.
"""

from __future__ import annotations

import re

from notworking.ingest._mail_fields import Address, addresses, decoded

_ROBOT = re.compile(
    r"(?:.*[-_.+])?(?:no|not|do[-_.]?not|dont|nicht)[-_.]?(?:reply|respond|answer|antworten)(?:[-_.+].*)?"
    r"|(?:mailer-daemon|postmaster|notifications?|notify|newsletters?|news|info|support|billing"
    r"|bounces?|mailings?|marketing|alerts?|updates|root|nobody|daemon|unsubscribe)(?:[-+_.].*)?"
    r"|.*-(?:bounces?|unsubscribe|owner|request)|(?:calendar|comments|drive-shares)-.*"
)
_RELAYED_NAME = re.compile(r"\bvia\b.+|\((?:Google|GitHub|Jira|Slack|Asana|Trello)\b.*\)$", re.I)
_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
#: Gmail's tabs for what companies send.
_BULK_LABELS = re.compile(
    r"(?:category|kategorie|catégorie|categoría|categoria)\W+(?:promotions?|social|werbung|promociones"
    r"|promozioni|promoções|réseaux sociaux|soziale netzwerke)",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"sent(?:[ -](?:e?-?mail|items|messages))?|gesendet(?:e (?:objekte|elemente))?"
    r"|(?:(?:messages|éléments) )?envoyés|(?:(?:elementos|mensajes|e-mails|itens) )?enviad[oa]s?"
    r"|(?:posta )?inviat[ai]|verzonden(?: items)?|(?:elementy )?wysłane|skickat"
    r"|sendt(?:e elementer)?|lähetetyt|отправленные|надіслані|odeslané|elküldött"
    r"|gönderilmiş öğeler|送信済み(?:メール)?|已发送(?:邮件)?|寄件備份|보낸편지함"
)
_UNSENT = re.compile(
    r"spam|junk(?: e-?mail)?|drafts?|entw[üu]rfe?|brouillons?|borrador(?:es)?|bozz[ae]|rascunhos?"
    r"|concepten|wersje robocze|utkast|kladder|luonnokset|черновики|спам"
    r"|(?:courrier )?indésirables?|correo no deseado|posta indesiderata|lixo eletrônico|ongewenst"
    r"|下書き|迷惑メール|草稿|垃圾邮件|임시보관함|스팸함"
)


def labels(told: dict[str, str]) -> set[str]:
    """Return Gmail's labels of a mail, lower case, in the language of the account."""
    return {part.strip(' "').lower() for part in decoded(told.get("x-gmail-labels", "")).split(",")}


def folders(path: str) -> set[str]:
    """Return the names of a file and its folders, lower case, as mail programs mean them."""
    parts = (re.sub(r"\.(?:mbox|mbx|sbd|eml|emlx)$", "", part) for part in path.lower().split("/"))
    return {name for part in parts for name in (part, part.rsplit(".", 1)[-1])}


def is_sent(words: set[str]) -> bool:
    """Whether a label or folder says that the owner sent a mail."""
    return any(map(_SENT.fullmatch, words))


def is_unsent(words: set[str]) -> bool:
    """Whether a label or folder says that a mail is a draft or spam."""
    return any(map(_UNSENT.fullmatch, words))


def is_robot(address: str) -> bool:
    """Whether an address is one that nobody reads."""
    return _ROBOT.fullmatch(address.partition("@")[0]) is not None


def is_automatic(told: dict[str, str], sender: Address) -> bool:
    """Whether a mail was sent to many or by a machine."""
    address, name = sender
    return (
        "list-id" in told
        or "list-unsubscribe" in told
        or "x-auto-response-suppress" in told
        or told.get("precedence", "").lower() in _BULK
        or told.get("auto-submitted", "no").lower().partition(";")[0].strip() != "no"
        or told.get("return-path", "").replace(" ", "") == "<>"
        or is_robot(address)
        or (name is not None and _RELAYED_NAME.search(name) is not None)
        or _BULK_LABELS.search(decoded(told.get("x-gmail-labels", ""))) is not None
        or _answers_go_elsewhere(told, address)
    )


def _answers_go_elsewhere(told: dict[str, str], address: str) -> bool:
    """Whether answers go to another organisation, as with marketing, under another name."""
    local, _, domain = address.partition("@")
    for other, _ in addresses(told.get("reply-to", ""))[:1]:
        name, _, elsewhere = other.partition("@")
        return name != local and _organisation(elsewhere) != _organisation(domain)
    return False


def _organisation(domain: str) -> str:
    parts = domain.split(".")
    second_level = len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2
    return ".".join(parts[-3 if second_level else -2 :])
