"""Address books and contacts that the owner's phone once uploaded: cards, never a tie.

Read: ``your_address_books.json`` (2018 to 2023) and the generic lists of later exports, which have
one record for each contact point and are gathered by name. A name of a single word ("Mum") is
too common to gather by. What Android counted of calls with a card stays in the raw row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from notworking.ingest._json import load
from notworking.ingest.facebook._contact_points import (
    Found,
    clean_point,
    is_phone,
    read_points,
)
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import (
    container,
    fields,
    key_name,
    placed,
    records,
    text,
    when,
)
from notworking.ingest.importer import Content, Importer, content_key, shorten, to_json
from notworking.records import Contact, Point, Record, Reject


@dataclass(frozen=True, slots=True)
class Card:
    """A card before its key is known."""

    place: str
    name: str | None
    points: tuple[Point, ...]
    raw: object
    at: object
    own: bool = False


def _address_book(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    outer, key = container(value, "address_book")
    inner, name = container(outer, "address_book")
    found: list[Card | Reject] = []
    if inner is None and value is not None:
        found.append(Reject("file", "no cards under 'address_book'", shorten(to_json(value))))
    at = f"{key}.{name}" if name else key
    found += [_book_card(place, record) for place, record in placed(inner, at)]
    yield from contacts(found)
    if damage is not None:
        yield damage


def _book_card(place: str, record: object) -> Card | Reject:
    entry = fields(record)
    points: list[Point] = []
    own = False
    for detail in records(entry.get("details")):
        extra = fields(fields(detail).get("extra_data"))
        own = own or text(extra.get("is_user_profile")) == "1"
        written = (
            fields(detail).get("contact_point"),
            extra.get("phone_number"),
            extra.get("username"),
        )
        points += [point for point in map(clean_point, written) if point is not None]
    at = entry.get("updated_timestamp") or entry.get("created_timestamp")
    found = Found(text(entry.get("name")), tuple(dict.fromkeys(points)), at)
    return card(place, found, record, own=own)


def _imported(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    groups: dict[str, list[tuple[str, Found, object]]] = {}
    found: list[Card | Reject] = []
    for place, record in _single_contacts(value):
        one = read_points(record)
        name = key_name(one.name or "")
        group = name.casefold() if " " in name else place
        groups.setdefault(group, []).append((place, one, record))
    found += [_gathered(group) for group in groups.values()]
    if value is not None and not groups:
        found.append(Reject("file", "no contacts found in it", shorten(to_json(value))))
    yield from contacts(found)
    if damage is not None:
        yield damage


def _single_contacts(value: object) -> Iterator[tuple[str, object]]:
    """Yield each record, or each ``dict`` of the list that one bare record holds."""
    for place, record in placed(value, ""):
        nested = False
        for index, entry in enumerate(records(fields(record).get("label_values"))):
            for number, item in enumerate(records(fields(entry).get("vec"))):
                if "dict" in fields(item):
                    nested = True
                    yield f"{place}.label_values[{index}].vec[{number}]", item
        if not nested:
            yield place, record


def _gathered(group: list[tuple[str, Found, object]]) -> Card | Reject:
    place, first, raw = group[0]
    points = dict.fromkeys(point for _, one, _ in group for point in one.points)
    times = [one.at for _, one, _ in group if when(one.at) is not None]
    latest = max(times, key=lambda at: str(when(at)), default=None)
    whole = raw if len(group) == 1 else [record for _, _, record in group]
    return card(place, replace(first, points=tuple(points), at=latest), whole)


def card(place: str, found: Found, raw: object, *, own: bool = False) -> Card | Reject:
    """Return a card, or a reject where there is neither a name nor a contact point."""
    name = None if found.name is None or is_phone(key_name(found.name)) else found.name
    if name is None and not found.points:
        return Reject(place, "card without name, e-mail or phone", shorten(to_json(raw)))
    return Card(place, name, found.points, raw, found.at, own)


def contacts(found: list[Card | Reject]) -> Iterator[Record]:
    """Give each card its key; a number that two names share keeps them apart by name."""
    names: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if isinstance(one, Card):
            names[_key(one)].add(key_name(one.name or ""))
    for one in found:
        if isinstance(one, Reject):
            yield one
            continue
        key = _key(one)
        if len(names[key]) > 1:
            key = f"{key}|{key_name(one.name or '')}"
        yield Contact(
            place=one.place,
            relation="self" if one.own else "address_book",
            key=key,
            raw=to_json(one.raw),
            full_name=one.name,
            as_of=when(one.at),
            points=one.points,
        )


def _key(card: Card) -> str:
    mails = [point.raw.lower() for point in card.points if point.kind == "email"]
    phones = [
        "".join(filter(str.isdigit, point.raw)) for point in card.points if point.kind == "phone"
    ]
    return (
        min(mails, default="") or min(phones, default="") or content_key(key_name(card.name or ""))
    )


IMPORTERS = (
    Importer(
        name="facebook.address_book",
        source="facebook",
        files="your_address_books.json",
        yields="cards of the address book your phone uploaded",
        identify=is_kind("address_book"),
        extract=_address_book,
    ),
    Importer(
        name="facebook.imported_contacts",
        source="facebook",
        files="your_imported_contacts.json, contacts_uploaded_from_your_phone.json ...",
        yields="cards of uploaded and synchronised contacts",
        identify=is_kind("imported_contacts"),
        extract=_imported,
    ),
)
