"""vCard files, third step: what one card says, property by property, nothing concluded yet.

Every property is looked up once in a table of what to do with its name, so that a card costs what
it holds. People and dates that a card remembers are in ``_vcard_relations``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from notworking.ingest import _vcard_relations as relations
from notworking.ingest._vcard_head import BINARY, Head
from notworking.ingest._vcard_lines import Property
from notworking.ingest._vcard_said import Address, Mail, Number, Said, label_of
from notworking.ingest._vcard_values import (
    messenger_account,
    one_line,
    one_line_parts,
    plain_label,
    social_account,
    split_escaped,
    split_values,
    unescape,
)

#: More properties of one kind than this are no card of a person.
KIND_LIMIT = 200


_Take = Callable[[Said, Head, str], None]

# --- one value -----------------------------------------------------------------------------------


def _text(name: str) -> _Take:
    def take(said: Said, head: Head, value: str) -> None:
        text = one_line(value) if "\\" in value else " ".join(value.split())
        if text:
            said.texts.setdefault(name, text)

    return take


def _spoken(name: str) -> _Take:
    def take(said: Said, head: Head, value: str) -> None:
        text = one_line(value)
        if text:
            said.spoken.setdefault(name, text)

    return take


def _list(name: str) -> _Take:
    def take(said: Said, head: Head, value: str) -> None:
        words = [word for part in split_escaped(value, ",") if (word := one_line(part))]
        if words:
            said.lists.setdefault(name, []).extend(words)

    return take


def _member(said: Said, head: Head, value: str) -> None:
    text = one_line(value)
    if text:
        said.lists.setdefault("members", []).append(text)


def _joined_name(part: str) -> str:
    return one_line(" ".join(split_values(part, ",")) if "," in part else part)


def _name(said: Said, head: Head, value: str) -> None:
    if "," in value:
        parts = [_joined_name(part) for part in split_escaped(value, ";")[:5]]
    else:
        parts = one_line_parts(value, 5)
    if any(parts):
        said.lists.setdefault("n", parts)
    if "SORT-AS" in head.params:
        said.lists.setdefault("phonetic", []).append(head.params["SORT-AS"])


def _organisation(said: Said, head: Head, value: str) -> None:
    parts = one_line_parts(value)
    if any(parts):
        said.lists.setdefault("org", parts)


def _sound(said: Said, head: Head, value: str) -> None:
    spoken = " ".join(part for part in split_values(value, ";") if part)
    if spoken:
        said.lists.setdefault("phonetic", []).append(spoken)


def _note(said: Said, head: Head, value: str) -> None:
    text = unescape(value).strip()
    if text:
        said.notes += (text,)


def _photo(said: Said, head: Head, value: str) -> None:
    said.texts.setdefault("photo", value or "embedded")


# --- ways to reach somebody ----------------------------------------------------------------------

_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]+)>\s*")


def _without_scheme(text: str, scheme: str) -> str:
    return text[len(scheme) :].strip() if text[: len(scheme)].lower() == scheme else text


def _mail(said: Said, head: Head, value: str) -> None:
    text = one_line(value)
    if ":" in text:
        text = _without_scheme(text, "mailto:")
    match = _IN_BRACKETS.fullmatch(text) if "<" in text else None
    address = match.group(1).strip() if match else text
    if address:
        said.mails += (Mail(address, label_of(said, head), head.types),)


def _whatsapp(digits: str) -> str | None:
    return f"+{digits}" if digits.isascii() and digits.isdecimal() else None


def _number(said: Said, head: Head, value: str) -> None:
    text = one_line(value)
    # A number with a context cannot be read without it.
    if ":" in text and ";phone-context=" not in text.lower():
        text = _without_scheme(text, "tel:")
    whatsapp = _whatsapp(head.params["WAID"]) if "WAID" in head.params else None
    if text or whatsapp:
        said.numbers += (Number(text, label_of(said, head), head.types, whatsapp),)


def _with_commas(part: str) -> str:
    return " ".join(unescape(part).strip().replace("\n", ", ").split())


def _address(said: Said, head: Head, value: str) -> None:
    if "\\" in value or "\n" in value:
        parts = [_with_commas(part) for part in split_escaped(value, ";")[:7]]
    else:
        parts = one_line_parts(value, 7)
    if any(parts):
        parts += [""] * (7 - len(parts))
        said.addresses += (Address(parts, label_of(said, head), "home" in head.types),)


def _written_address(said: Said, head: Head, value: str) -> None:
    lines = [line.strip(" ,") for line in unescape(value).split("\n")]
    written = ", ".join(line for line in lines if line)
    if written:
        said.written_addresses += (written,)


def _url(said: Said, head: Head, value: str) -> None:
    url = one_line(value)
    account = social_account(url)
    if account is not None:
        _account(said, account[0], account[1], url)
    elif url:
        said.urls += ((url, label_of(said, head)),)


def _account(said: Said, service: str, user: str | None, url: str | None) -> None:
    if url:
        said.urls += ((url, service),)
    if user:
        said.accounts.append((service, user))


def _social_profile(said: Said, head: Head, value: str) -> None:
    text = one_line(value)
    is_address = text.lower().startswith(("http://", "https://"))
    service, user = social_account(text) or (None, None)
    types = [word for word in head.types if word != "pref"]
    named = head.params.get("SERVICE-TYPE", "").lower()
    service = service or named or (types[0] if types else "other")
    user = head.params.get("X-USER") or head.params.get("USERNAME") or user
    if not user and text and not is_address:
        user = _without_scheme(text, "x-apple:")
    _account(said, service, user, text if is_address else None)


#: KDE puts this private-use sign between several addresses of one service.
_KDE_SEPARATOR = "\ue000"
_KDE_MESSENGER = re.compile(r"X-MESSAGING/(.{1,30}?)-ALL")


def _messenger(service: str) -> _Take:
    def take(said: Said, head: Head, value: str) -> None:
        declared = head.params.get("X-SERVICE-TYPE", "") or service
        for one in one_line(value).split(_KDE_SEPARATOR):
            account = messenger_account(one, declared)
            if account is not None:
                said.accounts.append(account)

    return take


# --- the table -----------------------------------------------------------------------------------


def _nothing(said: Said, head: Head, value: str) -> None:
    """Read a property that only says something about the file, or repeats another."""


def _related(label: str) -> _Take:
    def take(said: Said, head: Head, value: str) -> None:
        found = relations.related(label, head, value, said.labels.get(head.group))
        said.related += tuple(found)

    return take


def _anniversary(said: Said, head: Head, value: str) -> None:
    said.dates += (("anniversary", one_line(value)),)


def _other_date(said: Said, head: Head, value: str) -> None:
    said.dates += ((said.labels.get(head.group, "other"), one_line(value)),)


def _birthday(said: Said, head: Head, value: str) -> None:
    text = one_line(value)
    if text:
        said.birthdays += ((text, head.params.get("X-APPLE-OMIT-YEAR")),)


def _android(said: Said, head: Head, value: str) -> None:
    row = relations.android_row(value)
    if row.kind == "nickname":
        said.lists.setdefault("other_names", []).append(row.text)
    elif row.kind == "relation":
        said.related += ((row.label, row.text),)
    elif row.kind == "contact_event" and row.label == "birthday":
        said.birthdays += ((row.text, None),)
    elif row.kind == "contact_event":
        said.dates += ((row.label, row.text),)


_TAKE: dict[str, _Take] = {
    **dict.fromkeys(BINARY, _nothing),
    **dict.fromkeys(("BEGIN", "END", "X-ABLABEL", "X-SAMSUNGADR"), _nothing),
    "FN": _text("fn"),
    "TITLE": _text("title"),
    "ROLE": _text("role"),
    "UID": _text("uid"),
    "REV": _text("rev"),
    "VERSION": _text("version"),
    "PRODID": _text("writer"),
    **dict.fromkeys(("KIND", "X-ADDRESSBOOKSERVER-KIND"), _text("kind")),
    "X-EVOLUTION-LIST": _text("evolution_list"),
    "X-ABSHOWAS": _text("show_as"),
    **dict.fromkeys(("GENDER", "X-GENDER", "X-WAB-GENDER"), _text("gender")),
    "X-PHONETIC-FIRST-NAME": _spoken("first"),
    "X-PHONETIC-MIDDLE-NAME": _spoken("middle"),
    "X-PHONETIC-LAST-NAME": _spoken("last"),
    "SORT-STRING": _sound,
    "SOUND": _sound,
    "N": _name,
    "ORG": _organisation,
    **dict.fromkeys(("NICKNAME", "X-NICKNAME", "X-MAIDENNAME"), _list("other_names")),
    **dict.fromkeys(("CATEGORIES", "X-GROUP-MEMBERSHIP"), _list("categories")),
    **dict.fromkeys(("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"), _member),
    "NOTE": _note,
    **dict.fromkeys(("PHOTO", "X-MS-CARDPICTURE"), _photo),
    "EMAIL": _mail,
    "TEL": _number,
    "ADR": _address,
    "X-ABADR": _list("address_countries"),
    "LABEL": _written_address,
    "URL": _url,
    **dict.fromkeys(("X-SOCIALPROFILE", "SOCIALPROFILE"), _social_profile),
    **{
        name: _messenger(service)
        for name, service in {
            "X-AIM": "aim",
            "X-ICQ": "icq",
            "X-JABBER": "xmpp",
            "X-MSN": "msn",
            "X-YAHOO": "yahoo",
            "X-SKYPE": "skype",
            "X-SKYPE-USERNAME": "skype",
            "X-GTALK": "gtalk",
            "X-GOOGLE TALK": "gtalk",
            "X-GOOGLE-TALK": "gtalk",
            "X-QQ": "qq",
            "X-SIP": "sip",
            "X-MS-IMADDRESS": "",
            "X-KADDRESSBOOK-X-IMADDRESS": "",
            "IMPP": "",
        }.items()
    },
    "BDAY": _birthday,
    **dict.fromkeys(relations.ANNIVERSARIES, _anniversary),
    "X-ABDATE": _other_date,
    "X-ANDROID-CUSTOM": _android,
    **{name: _related(label) for name, label in relations.LABELS.items()},
}


def _take_other(said: Said, head: Head, value: str) -> None:
    kde = _KDE_MESSENGER.fullmatch(head.name)
    if kde:
        _messenger(kde.group(1).lower())(said, head, value)
    else:
        said.other[head.name] = said.other.get(head.name, 0) + 1


def _within_limit(found: list[Property], flags: Counter[str]) -> list[Property]:
    seen: Counter[str] = Counter()
    kept = []
    for head, value in found:
        seen[head.name] += 1
        if seen[head.name] <= KIND_LIMIT:
            kept.append((head, value))
    if len(kept) < len(found):
        flags["too_many"] += len(found) - len(kept)
    return kept


def read_properties(found: list[Property], flags: Counter[str]) -> Said:
    """Return what the properties of one card say. Labels may stand before or after their owner."""
    if len(found) > KIND_LIMIT:
        found = _within_limit(found, flags)
    said = Said()
    labelled = False
    for head, value in found:
        if head.group and not labelled:
            said.labels = _labels(found)
            labelled = True
        _TAKE.get(head.name, _take_other)(said, head, value)
    return said


def _labels(found: list[Property]) -> dict[str, str]:
    return {
        head.group: label
        for head, value in found
        if head.group and head.name == "X-ABLABEL" and (label := plain_label(value))
    }
