"""vCard files, last step: the properties of one card to a contact, or to the reason why not."""

from __future__ import annotations

from collections import Counter

from notworking.ingest._vcard_cards import Card
from notworking.ingest._vcard_fields import Fields, gather
from notworking.ingest._vcard_head import split_line
from notworking.ingest._vcard_lines import BINARY, Property, properties
from notworking.ingest._vcard_names import READ_NAMES as NAMES_READ
from notworking.ingest._vcard_names import Names, phonetic_names, read_names
from notworking.ingest._vcard_points import (
    address_parts,
    is_read,
    label_of,
    location,
    mail_address,
    phone_number,
    profile_url,
    read_points,
    whatsapp_number,
)
from notworking.ingest._vcard_relations import READ_NAMES as RELATIONS_READ
from notworking.ingest._vcard_relations import read_birthday, read_dates, read_related
from notworking.ingest._vcard_values import read_timestamp
from notworking.ingest.importer import content_key, shorten, to_json
from notworking.records import Contact, Point, Reject

_MEMBERS = ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER")
_KINDS = ("KIND", "X-ADDRESSBOOKSERVER-KIND")
_GENDERS = ("GENDER", "X-GENDER", "X-WAB-GENDER")
_GROUPS = ("CATEGORIES", "X-GROUP-MEMBERSHIP")
_PERSON_KINDS = frozenset({"", "individual"})
#: What some programs write into UID for "none": no two cards with it are the same.
_NO_UID = frozenset({"", "0", "null", "(null)", "none", "undefined", "nil", "0" * 32})
_READ = frozenset(
    {
        *NAMES_READ,
        *RELATIONS_READ,
        *BINARY,
        *_MEMBERS,
        *_KINDS,
        *_GENDERS,
        *_GROUPS,
        *("BEGIN", "END", "VERSION", "PRODID", "TITLE", "ROLE", "NOTE", "UID", "REV"),
        *("X-ABLABEL", "X-ABSHOWAS", "X-ANDROID-CUSTOM", "X-EVOLUTION-LIST", "X-SAMSUNGADR"),
    }
)


def read_uid(text: str | None) -> str | None:
    """Return a UID as every reference to it is compared: bare, in lower case."""
    uid = (text or "").strip().lower().removeprefix("urn:uuid:")
    return None if uid.replace("-", "") in _NO_UID else uid


def _key(fields: Fields, lines: list[str]) -> str:
    uid = read_uid(fields.first("UID"))
    if uid is not None:
        return uid
    kept = sorted(line.strip() for line in lines if not _is_unstable(line))
    return content_key("\n".join(kept))


def _is_unstable(line: str) -> bool:
    """Tell whether a line differs between two exports of the same card."""
    head, _ = split_line(line)
    return head is not None and head.name in {"PHOTO", "REV"}


def _kind(fields: Fields) -> str:
    if (fields.first("X-EVOLUTION-LIST") or "").upper() == "TRUE":
        return "group"
    return (fields.first(*_KINDS) or "").lower()


def _relation(fields: Fields, kind: str, names: Names) -> str:
    if kind == "group":
        return "group"
    shown_as = (fields.first("X-ABSHOWAS") or "").upper()
    if kind in {"org", "organization"} or shown_as == "COMPANY" or names.company:
        return "organisation"
    return "address_book"


def _members(fields: Fields, kind: str) -> list[str]:
    members = [read_uid(text) or "" for text in fields.texts(*_MEMBERS)]
    if kind == "group":
        members += [mail_address(prop.value).lower() for prop in fields.all("EMAIL")]
    return [member for member in dict.fromkeys(members) if member]


def _types(prop: Property) -> list[str]:
    return [word.lower() for word in prop.head.types]


def _phones(fields: Fields) -> list[dict[str, object]]:
    found = []
    for prop in fields.all("TEL"):
        value, semicolon, extension = phone_number(prop.value).partition(";ext=")
        row = {
            "value": value,
            "ext": extension if semicolon else "",
            "types": _types(prop),
            "label": label_of(fields, prop),
            "whatsapp": whatsapp_number(prop),
        }
        found.append({name: part for name, part in row.items() if part})
    return [row for row in found if row]


def _emails(fields: Fields) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for prop in fields.all("EMAIL"):
        address, label = mail_address(prop.value), label_of(fields, prop)
        row = {"value": address, "types": _types(prop), "label": label}
        if address:
            found.append({name: part for name, part in row.items() if part})
    return found


def _photo(fields: Fields) -> str | bool | None:
    """Return the address of a picture, or whether there is one."""
    pictures = list(fields.all("PHOTO", "X-MS-CARDPICTURE"))
    return next((prop.value for prop in pictures if prop.value), bool(pictures)) or None


def _others(fields: Fields) -> dict[str, int]:
    """Count what is not read, by name only."""
    return {
        name: len(same)
        for name, same in fields.by_name.items()
        if name not in _READ and not is_read(name)
    }


def _raw(fields: Fields, names: Names, points: tuple[Point, ...], flags: list[str]) -> str:
    addresses = [address_parts(prop) for prop in fields.all("ADR")]
    row: dict[str, object] = {
        "version": fields.first("VERSION"),
        "writer": fields.first("PRODID"),
        "uid": fields.first("UID"),
        "rev": fields.first("REV"),
        "kind": _kind(fields),
        "fn": fields.first("FN"),
        "n": names.parts,
        "other_names": names.others,
        "phonetic": phonetic_names(fields),
        "org": names.organisation,
        "title": fields.first("TITLE"),
        "role": fields.first("ROLE"),
        "email": _emails(fields),
        "tel": _phones(fields),
        "adr": [parts for parts in addresses if any(parts)],
        "url": [point.raw for point in points if point.kind == "url"],
        "handle": [[point.label, point.raw] for point in points if point.kind == "handle"],
        "bday": fields.first("BDAY"),
        "dates": read_dates(fields),
        "related": read_related(fields),
        "categories": fields.lists(*_GROUPS),
        "members": _members(fields, _kind(fields)),
        "gender": fields.first(*_GENDERS),
        "photo": _photo(fields),
        "other": _others(fields),
        "flags": flags,
    }
    return to_json({name: value for name, value in row.items() if value})


def _rejected(card: Card, reason: str, lines: list[str]) -> Reject:
    told = [line for line in lines if (head := split_line(line)[0]) and head.name not in BINARY]
    return Reject(card.place, reason, shorten("\n".join(told)))


def read_card(card: Card, flags: Counter[str]) -> Contact | Reject:
    """Return what one card says.

    Args:
        card: The card.
        flags: Is told of whatever was wrong with it.
    """
    parsed = properties(card, flags)
    fields = gather(parsed.found, flags)
    kind, names = _kind(fields), read_names(fields)
    if kind not in _PERSON_KINDS | {"group", "org", "organization"}:
        reason = "card of a place, device or program, not of a person or an organisation"
        return _rejected(card, reason, parsed.lines)
    points = () if kind == "group" else read_points(fields)
    if names.full is None and not points:
        reason = "card without a name and without a way to reach anybody"
        return _rejected(card, reason, parsed.lines)
    if names.made_up:
        flags["name_made_up"] += 1
    for flag in card.flags:
        flags[flag] += 1
    raw = _raw(fields, names, points, sorted(flags))
    return _contact(card, fields, names, points, raw=raw, key=_key(fields, parsed.lines))


def _contact(
    card: Card,
    fields: Fields,
    names: Names,
    points: tuple[Point, ...],
    *,
    raw: str,
    key: str,
) -> Contact:
    return Contact(
        place=card.place,
        relation=_relation(fields, _kind(fields), names),
        key=key,
        raw=raw,
        full_name=names.full or points[0].raw,
        given_name=names.given,
        family_name=names.family,
        nickname=", ".join(names.others) or None,
        company=names.organisation[0] or None if names.organisation else None,
        title=fields.first("TITLE", "ROLE"),
        birthday=read_birthday(fields),
        location=location(fields),
        profile_url=profile_url(points),
        note=fields.paragraphs("NOTE"),
        as_of=read_timestamp(fields.first("REV") or ""),
        points=points,
    )
