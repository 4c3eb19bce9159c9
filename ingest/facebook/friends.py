"""Friends, former friends and friend requests of the JSON export, 2018 to today.

Read: ``friends/friends.json`` (2018), ``friends_and_followers/friends.json`` (2020) and
``connections/friends/your_friends.json`` (2023 on) with their siblings for removed friends and for
received, sent and rejected requests; bare and versioned container keys. A friend is a display name
and a date; there is no identifier, so two friends of one name stay two entries. A request is an
event, because it says nothing about the person but that one asked the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from notworking.ingest._json import load
from notworking.ingest.facebook import _generic
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import (
    container,
    fields,
    key_name,
    person,
    placed,
    seconds,
    text,
    when,
)
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.records import Contact, Event, Party, Point, Record, Reject

#: Place, the row as read, name, and time as written, to the record it makes.
RowMaker = Callable[[str, dict[str, object], str, object], Record]


def named_records(
    content: Content, keys: tuple[str, ...], row: RowMaker, noun: str
) -> Iterator[Record]:
    """Yield what ``row`` makes of each record with a name, and a reject for each without one."""
    value, damage = load(content)
    inner, key = container(value, *keys)
    if inner is None and isinstance(value, dict) and "label_values" in value:
        inner = value
    if inner is None and value is not None:
        yield Reject("file", f"no list of {noun}s found under {keys[0]!r}", shorten(to_json(value)))
    for place, record in placed(inner, key):
        entry = fields(record)
        name = person(entry.get("name")) or person(_generic.name_of(entry))
        if name is not None:
            yield row(place, entry, name, _generic.time_of(entry))
        elif isinstance(record, dict):
            reason = f"{noun} without a name (deactivated account)"
            yield Reject(place, reason, shorten(to_json(record)))
        else:
            yield Reject(place, f"not a {noun}: an object is expected", shorten(to_json(record)))
    if damage is not None:
        yield damage


def _contact(relation: str) -> RowMaker:
    def row(place: str, entry: dict[str, object], name: str, at: object) -> Contact:
        mail = text(entry.get("contact_info"))
        return Contact(
            place=place,
            relation=relation,
            key=f"{key_name(name)}|{seconds(at)}",
            raw=to_json(entry),
            full_name=name,
            connected_at=when(at),
            points=(Point("email", mail),) if mail and "@" in mail else (),
        )

    return row


def _request(direction: str, outcome: str | None = None) -> RowMaker:
    def row(place: str, entry: dict[str, object], name: str, at: object) -> Event:
        return Event(
            place=place,
            kind="invitation",
            key=f"request|{outcome or direction}|{key_name(name)}|{seconds(at)}",
            party=Party(None, name),
            direction=direction,
            at=when(at),
            text=outcome,
        )

    return row


#: Each kind of list: what makes a record of one entry, and what an entry is called.
LISTS: dict[str, tuple[RowMaker, str]] = {
    "friends": (_contact("friend"), "friend"),
    "removed_friends": (_contact("removed"), "removed friend"),
    "received_requests": (_request("in"), "request"),
    "sent_requests": (_request("out"), "request"),
    "rejected_requests": (_request("in", "rejected"), "request"),
}


def _importer(kind: str, key: str, files: str, yields: str) -> Importer:
    row, noun = LISTS[kind]

    def extract(content: Content, path: str) -> Iterator[Record]:
        return named_records(content, (key,), row, noun)

    return Importer(
        name=f"facebook.{kind}",
        source="facebook",
        files=files,
        yields=yields,
        identify=is_kind(kind),
        extract=extract,
        complete=kind == "friends",
    )


IMPORTERS = (
    _importer(
        "friends",
        "friends",
        "friends.json, your_friends.json",
        "friends, with the day the friendship began",
    ),
    _importer(
        "removed_friends",
        "deleted_friends",
        "removed_friends.json",
        "friendships that ended",
    ),
    _importer(
        "received_requests",
        "received_requests",
        "received_friend_requests.json, friend_requests_received.json",
        "friend requests you have not answered",
    ),
    _importer(
        "sent_requests",
        "sent_requests",
        "sent_friend_requests.json, friend_requests_sent.json",
        "friend requests that were not answered",
    ),
    _importer(
        "rejected_requests",
        "rejected_requests",
        "rejected_friend_requests.json",
        "friend requests you declined",
    ),
)
