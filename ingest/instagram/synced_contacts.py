"""Contacts that the owner's phone once uploaded: cards, never a tie.

There is one record for each way to reach somebody; they are gathered by name. A name of a single
word ("Mum") is too common to gather by. Labels are known in five languages; in others the value
with the form of an address or number is the way to reach, and the names come in order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from notworking.ingest._json import load
from notworking.ingest.importer import (
    Content,
    Importer,
    content_key,
    full_name,
    shorten,
    to_json,
)
from notworking.ingest.instagram._kinds import is_kind
from notworking.ingest.instagram._values import (
    fields,
    is_list,
    key_name,
    labelled,
    placed,
    text,
    when,
)
from notworking.records import Contact, Point, Record, Reject

_GIVEN = ("first name", "nome", "nombre", "prénom", "vorname")
_FAMILY = ("last name", "surname", "cognome", "apellido", "nom", "nachname")
_POINT = (
    *("contact information", "informazioni di contatto", "información de contacto"),
    *("coordonnées", "kontaktinformationen"),
)
_TIME = ("imported time", "importzeitpunkt", "heure d’importation", "hora de importación")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"\+?[\d\s().\-/·]+", re.ASCII)
_PHONE_DIGITS = range(5, 17)


@dataclass(frozen=True, slots=True)
class _Card:
    """One record: a name, at most one way to reach, and when it was uploaded."""

    place: str
    given: str | None
    family: str | None
    point: Point | None
    at: object
    record: object

    @property
    def name(self) -> str | None:
        return full_name(self.given, self.family)


def _extract(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    groups: dict[str, list[_Card]] = {}
    found: list[Reject] = []
    for place, record in placed(value, "contacts_contact_info"):
        card = _card(place, record)
        if card.name is None and card.point is None:
            found.append(Reject(place, "card without name, e-mail or phone", _short(record)))
            continue
        name = key_name(card.name or "").casefold()
        groups.setdefault(name if " " in name else place, []).append(card)
    if value is not None and not is_list(value, "contacts_contact_info"):
        found.append(Reject("file", "no cards under 'contacts_contact_info'", _short(value)))
    yield from _contacts(list(groups.values()))
    yield from found
    if damage is not None:
        yield damage


def _card(place: str, record: object) -> _Card:
    given = text(labelled(record, *_GIVEN).get("value"))
    family = text(labelled(record, *_FAMILY).get("value"))
    point = _point(text(labelled(record, *_POINT).get("value")))
    at = labelled(record, *_TIME).get("timestamp")
    if given is None and family is None and point is None:
        given, family, point = _by_form(record)
    # A card may bear nothing but the number, written where the name belongs.
    if given is not None and family is None and (as_point := _point(given)) is not None:
        return _Card(place, None, None, point or as_point, at, record)
    return _Card(place, given, family, point, at, record)


def _by_form(record: object) -> tuple[str | None, str | None, Point | None]:
    point: Point | None = None
    names: list[str] = []
    for entry in fields(fields(record).get("string_map_data")).values():
        value = text(fields(entry).get("value"))
        shaped = _point(value)
        if shaped is not None:
            point = point or shaped
        elif value is not None:
            names.append(value)
    given, family, *_ = (*names, None, None)
    return given, family, point


def _point(value: str | None) -> Point | None:
    plain = key_name(value or "")
    if _MAIL.fullmatch(plain):
        return Point("email", plain)
    digits = sum(map(str.isdigit, plain))
    return Point("phone", plain) if digits in _PHONE_DIGITS and _PHONE.fullmatch(plain) else None


def _contacts(groups: list[list[_Card]]) -> Iterator[Contact]:
    """Give each person a key; an address that two names share keeps them apart by name."""
    names: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        names[_key(group)].add(key_name(group[0].name or ""))
    for group in groups:
        first = group[0]
        key = _key(group)
        if len(names[key]) > 1:
            key = f"{key}|{key_name(first.name or '')}"
        times = [at for card in group if (at := when(card.at)) is not None]
        yield Contact(
            place=first.place,
            relation="address_book",
            key=key,
            raw=to_json(first.record if len(group) == 1 else [card.record for card in group]),
            full_name=first.name,
            given_name=first.given,
            family_name=first.family,
            as_of=max(times, default=None),
            points=_points(group),
        )


def _points(group: list[_Card]) -> tuple[Point, ...]:
    return tuple(dict.fromkeys(card.point for card in group if card.point is not None))


def _key(group: list[_Card]) -> str:
    points = _points(group)
    mails = [point.raw.lower() for point in points if point.kind == "email"]
    phones = ["".join(filter(str.isdigit, p.raw)) for p in points if p.kind == "phone"]
    name = content_key(key_name(group[0].name or ""))
    return min(mails, default="") or min(phones, default="") or name


def _short(value: object) -> str:
    return shorten(to_json(value))


IMPORTER = Importer(
    name="instagram.synced_contacts",
    source="instagram",
    files="synced_contacts.json",
    yields="cards that your phone uploaded to Instagram",
    identify=is_kind("synced_contacts"),
    extract=_extract,
)
