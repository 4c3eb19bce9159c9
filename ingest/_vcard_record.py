"""vCard files, last step: what one card says to a contact, or to the reason why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from notworking.ingest._vcard_cards import Card
from notworking.ingest._vcard_head import BINARY, split_line
from notworking.ingest._vcard_lines import Properties, properties
from notworking.ingest._vcard_names import Names, phonetic_names, read_names
from notworking.ingest._vcard_points import location, profile_url, read_points
from notworking.ingest._vcard_relations import shown_relations
from notworking.ingest._vcard_said import Number, Said
from notworking.ingest._vcard_take import read_properties
from notworking.ingest._vcard_values import iso_birthday, read_date, read_timestamp
from notworking.ingest.importer import content_key, shorten
from notworking.records import Contact, Point, Reject

_encode = msgspec.json.Encoder().encode
#: What differs between two exports of the same card.
_UNSTABLE = frozenset({"PHOTO", "REV"})
_NO_PEOPLE = frozenset({"location", "application", "device", "thing"})
_COMPANIES = frozenset({"org", "organization", "organisation"})
#: What some programs write into UID for "none": no two cards with it are the same.
_NO_UID = frozenset({"", "0", "null", "(null)", "none", "undefined", "nil", "0" * 32})


class _Draft(msgspec.Struct):
    """What is known of a card before its contact is made.

    Attributes:
        refusal: Why there is no contact to make of it.
    """

    card: Card
    flags: Counter[str]
    parsed: Properties
    said: Said
    names: Names
    relation: str
    points: tuple[Point, ...]
    refusal: str = ""


def read_uid(text: str) -> str | None:
    """Return a UID as every reference to it is compared: bare, in lower case."""
    uid = text.strip().lower().removeprefix("urn:uuid:")
    return None if uid.replace("-", "") in _NO_UID else uid


def _key(said: Said, parsed: Properties) -> str:
    uid = read_uid(said.texts.get("uid", ""))
    if uid is not None:
        return uid
    told = zip(parsed.found, parsed.lines(), strict=False)
    stable = [line.strip() for (head, _), line in told if head.name not in _UNSTABLE]
    return content_key("\n".join(sorted(stable)))


def _kind(said: Said, name: str = "kind") -> str:
    return said.texts[name].lower() if name in said.texts else ""


def _relation(said: Said, names: Names) -> str:
    kind = _kind(said)
    if kind == "group" or _kind(said, "evolution_list") == "true":
        return "group"
    if kind in _COMPANIES or names.of_company or _kind(said, "show_as") == "company":
        return "organisation"
    return "address_book"


def _members(said: Said) -> list[str]:
    """Return who is in a group, as the keys of their cards or as mail addresses."""
    members = [read_uid(text) or "" for text in said.lists.get("members", ())]
    members += [mail.value.lower() for mail in said.mails]
    found = dict.fromkeys(member.removeprefix("mailto:") for member in members)
    return [member for member in found if member]


def _shown_numbers(numbers: Sequence[Number]) -> Sequence[Number | dict[str, object]]:
    for number in numbers:
        if ";ext=" in number.value:
            return [_with_extension(number) for number in numbers]
    return numbers


def _with_extension(number: Number) -> dict[str, object]:
    value, _, extension = number.value.partition(";ext=")
    row: dict[str, object] = {
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


def _raw(draft: _Draft) -> str:
    said = draft.said
    row: dict[str, object] = {**said.texts, **said.lists}
    if said.spoken or "phonetic" in said.lists or draft.relation == "group":
        row = _with_rare_lists(row, draft)
    if said.mails:
        row["email"] = said.mails
    if said.numbers:
        row["tel"] = _shown_numbers(said.numbers)
    if said.addresses:
        row["adr"] = [address.parts for address in said.addresses]
    if said.urls:
        row["url"] = [url for url, _ in said.urls]
    if said.accounts:
        row["handle"] = said.accounts
    if said.birthdays:
        row["bday"] = [text for text, _ in said.birthdays]
    if said.dates or said.related or said.other or draft.flags:
        row |= _rarely_shown(said, draft.flags)
    return _encode(row).decode("utf-8")


def _with_rare_lists(row: dict[str, object], draft: _Draft) -> dict[str, object]:
    """Return a row with its members and spoken names, where any came out."""
    if draft.relation == "group":
        row["members"] = _members(draft.said)
    row["phonetic"] = phonetic_names(draft.said)
    return {name: part for name, part in row.items() if part}


def _rarely_shown(said: Said, flags: Counter[str]) -> dict[str, object]:
    row: dict[str, object] = {
        "dates": [[label, text] for label, text in dict.fromkeys(said.dates) if text],
        "related": shown_relations(said.related),
        "other": said.other,
        "flags": sorted(flags),
    }
    return {name: part for name, part in row.items() if part}


def _draft(card: Card, flags: Counter[str], parsed: Properties, said: Said) -> _Draft:
    names = read_names(said)
    relation = _relation(said, names)
    points = () if relation == "group" else read_points(said)
    draft = _Draft(card, flags, parsed, said, names, relation, points)
    if _kind(said) in _NO_PEOPLE:
        draft.refusal = "card of a place, device or program, not of a person or an organisation"
    elif names.full is None and not points:
        draft.refusal = "card without a name and without a way to reach anybody"
    elif names.made_up or names.full is None:
        flags["name_made_up"] += 1
    return draft


def _rejected(draft: _Draft, reason: str) -> Reject:
    lines = draft.parsed.lines()
    told = [line for line in lines if (head := split_line(line)[0]) and head.name not in BINARY]
    return Reject(draft.card.place, reason, shorten("\n".join(told)))


def _contact(draft: _Draft, raw: str) -> Contact:
    said, names, texts = draft.said, draft.names, draft.said.texts
    is_group = draft.relation == "group"
    return Contact(
        draft.card.place,
        draft.relation,
        _key(said, draft.parsed),
        raw,
        names.full or draft.points[0].raw,
        given_name=None if is_group else names.given,
        family_name=None if is_group else names.family,
        nickname=", ".join(names.others) if names.others else None,
        company=names.company,
        title=texts.get("title") or texts.get("role"),
        birthday=_birthday(said) if said.birthdays else None,
        location=location(said) if said.addresses else None,
        profile_url=profile_url(said) if said.urls else None,
        note="\n".join(said.notes) if said.notes else None,
        as_of=read_timestamp(texts["rev"]) if "rev" in texts else None,
        points=draft.points,
    )


def _flags(card: Card) -> Counter[str]:
    # Its constructor is written in Python and would cost more than all that is done with it.
    flags: Counter[str] = Counter.__new__(Counter)
    for flag in card.flags:
        flags[flag] += 1
    return flags


def read_cards(cards: Sequence[Card]) -> list[tuple[Contact | Reject, Counter[str]]]:
    """Return what each of some cards says, and what was wrong with it.

    One step for all cards, then the next: a processor keeps the instructions of a single step at
    hand, and this takes a quarter less time than card after card.
    """
    flags = [_flags(card) for card in cards]
    parsed = [properties(card, wrong) for card, wrong in zip(cards, flags, strict=True)]
    told = [read_properties(p.found, wrong) for p, wrong in zip(parsed, flags, strict=True)]
    drafts = [_draft(*known) for known in zip(cards, flags, parsed, told, strict=True)]
    raws = ["" if draft.refusal else _raw(draft) for draft in drafts]
    read = [
        _rejected(draft, draft.refusal) if draft.refusal else _contact(draft, raw)
        for draft, raw in zip(drafts, raws, strict=True)
    ]
    return list(zip(read, flags, strict=True))
