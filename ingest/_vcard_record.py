"""vCard files, last step: what one card says to a contact, or to the reason why not."""

from __future__ import annotations

from collections import Counter

import msgspec

from notworking.ingest._vcard_cards import Card
from notworking.ingest._vcard_head import BINARY, split_line
from notworking.ingest._vcard_lines import Properties, properties
from notworking.ingest._vcard_names import Names, phonetic_names, read_names
from notworking.ingest._vcard_points import location, profile_url, read_points
from notworking.ingest._vcard_relations import shown_relations
from notworking.ingest._vcard_said import Mail, Number, Said
from notworking.ingest._vcard_take import read_properties
from notworking.ingest._vcard_values import iso_birthday, read_date, read_timestamp
from notworking.ingest.importer import content_key, shorten
from notworking.records import Contact, Point, Reject

_NOT_SHOWN = frozenset({"phonetic_first", "phonetic_middle", "phonetic_last"})
#: What differs between two exports of the same card.
_UNSTABLE = frozenset({"PHOTO", "REV"})
_NO_PEOPLE = frozenset({"location", "application", "device", "thing"})
_COMPANIES = frozenset({"org", "organization", "organisation"})
#: What some programs write into UID for "none": no two cards with it are the same.
_NO_UID = frozenset({"", "0", "null", "(null)", "none", "undefined", "nil", "0" * 32})


def read_uid(text: str) -> str | None:
    """Return a UID as every reference to it is compared: bare, in lower case."""
    uid = text.strip().lower().removeprefix("urn:uuid:")
    return None if uid.replace("-", "") in _NO_UID else uid


def _key(said: Said, parsed: Properties) -> str:
    uid = read_uid(said.texts.get("uid", ""))
    if uid is not None:
        return uid
    told = zip(parsed.found, parsed.lines, strict=False)
    stable = [line.strip() for (head, _), line in told if head.name not in _UNSTABLE]
    return content_key("\n".join(sorted(stable)))


def _relation(said: Said, names: Names) -> str:
    kind = said.texts.get("kind", "").lower()
    if kind == "group" or said.texts.get("evolution_list", "").lower() == "true":
        return "group"
    shown_as_company = said.texts.get("show_as", "").lower() == "company"
    if kind in _COMPANIES or shown_as_company or names.of_company:
        return "organisation"
    return "address_book"


def _members(said: Said) -> list[str]:
    """Return who is in a group, as the keys of their cards or as mail addresses."""
    members = [read_uid(text) or "" for text in said.lists.get("members", ())]
    members += [mail.value.lower() for mail in said.mails]
    found = dict.fromkeys(member.removeprefix("mailto:") for member in members)
    return [member for member in found if member]


def _shown_mail(mail: Mail) -> dict[str, object]:
    row = {"value": mail.value, "label": mail.label, "types": mail.types}
    return {name: part for name, part in row.items() if part}


def _shown_number(number: Number) -> dict[str, object]:
    value, _, extension = number.value.partition(";ext=")
    row = {
        "value": value,
        "ext": extension,
        "label": number.label,
        "types": number.types,
        "whatsapp": number.whatsapp,
    }
    return {name: part for name, part in row.items() if part}


def _birthday(said: Said) -> str | None:
    found = (iso_birthday(read_date(text, omitted)) for text, omitted in said.birthdays)
    return next((birthday for birthday in found if birthday), None)


def _raw(said: Said, flags: Counter[str]) -> str:
    parts: dict[str, object] = {
        **{name: text for name, text in said.texts.items() if name not in _NOT_SHOWN},
        **said.lists,
        "phonetic": phonetic_names(said),
        "email": [_shown_mail(mail) for mail in said.mails],
        "tel": [_shown_number(number) for number in said.numbers],
        "adr": [address.parts for address in said.addresses],
        "url": [url for url, _ in said.urls],
        "handle": said.accounts,
        "bday": [text for text, _ in said.birthdays],
        "dates": [[label, text] for label, text in dict.fromkeys(said.dates) if text],
        "related": shown_relations(said.related),
        "other": said.other,
        "flags": sorted(flags),
    }
    row = {name: part for name, part in parts.items() if part}
    return msgspec.json.encode(row).decode("utf-8")


def _rejected(card: Card, reason: str, lines: list[str]) -> Reject:
    told = [line for line in lines if (head := split_line(line)[0]) and head.name not in BINARY]
    return Reject(card.place, reason, shorten("\n".join(told)))


def read_card(card: Card, flags: Counter[str]) -> Contact | Reject:
    """Return what one card says.

    Args:
        card: The card.
        flags: Is told of whatever was wrong with it.
    """
    for flag in card.flags:
        flags[flag] += 1
    parsed = properties(card, flags)
    said = read_properties(parsed.found, flags)
    if said.texts.get("kind", "").lower() in _NO_PEOPLE:
        reason = "card of a place, device or program, not of a person or an organisation"
        return _rejected(card, reason, parsed.lines)
    names = read_names(said)
    relation = _relation(said, names)
    points = () if relation == "group" else read_points(said)
    if names.full is None and not points:
        reason = "card without a name and without a way to reach anybody"
        return _rejected(card, reason, parsed.lines)
    if names.made_up or names.full is None:
        flags["name_made_up"] += 1
    if relation == "group":
        said.lists["members"] = _members(said)
        names.given = names.family = None
    raw, key = _raw(said, flags), _key(said, parsed)
    return _contact(card, said, names, points, relation=relation, raw=raw, key=key)


def _contact(
    card: Card,
    said: Said,
    names: Names,
    points: tuple[Point, ...],
    *,
    relation: str,
    raw: str,
    key: str,
) -> Contact:
    texts = said.texts
    return Contact(
        place=card.place,
        relation=relation,
        key=key,
        raw=raw,
        full_name=names.full or points[0].raw,
        given_name=names.given,
        family_name=names.family,
        nickname=", ".join(names.others) or None,
        company=names.company,
        title=texts.get("title") or texts.get("role"),
        birthday=_birthday(said) if said.birthdays else None,
        location=location(said) if said.addresses else None,
        profile_url=profile_url(said) if said.urls else None,
        note="\n".join(said.notes) or None,
        as_of=read_timestamp(texts["rev"]) if "rev" in texts else None,
        points=points,
    )
