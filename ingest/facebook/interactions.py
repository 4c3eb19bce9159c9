"""People the owner lately commented on or reacted to: ``activity_messages/people_and_friends``.

One of the few files where a name stands beside a profile address. It says when, not what: each
entry becomes a correspondent and one weak event at its time. The grouped and the generic form are
read.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._json import load
from notworking.ingest.facebook import _generic
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import (
    container,
    key_name,
    person,
    placed,
    seconds,
    text,
    when,
)
from notworking.ingest.facebook.people import grouped
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.records import Contact, Event, Party, Record, Reject


def _extract(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    inner, key = container(value, "people_interactions")
    if value is not None and not isinstance(value, list | dict):
        yield Reject("file", "no list of people found in it", shorten(to_json(value)))
    if key:
        for place, data, at in grouped(inner, key):
            yield from _interaction(place, data, data.get("name"), data.get("uri"), at)
    else:
        for place, record in placed(value, ""):
            link = next((entry.href for entry in _generic.entries(record) if entry.href), None)
            at = _generic.time_of(record)
            name = _generic.name_of(record) or _generic.first_text(record)
            yield from _interaction(place, record, name, link, at)
    if damage is not None:
        yield damage


def _interaction(
    place: str, record: object, named: object, link: object, at: object
) -> Iterator[Record]:
    name = person(named)
    if name is None:
        yield Reject(place, "entry without a name", shorten(to_json(record)))
        return
    yield Contact(
        place=place,
        relation="correspondent",
        key=key_name(name),
        raw=to_json(record),
        full_name=name,
        profile_url=text(link),
    )
    if when(at) is not None:
        yield Event(
            place=place,
            kind="reaction",
            key=f"interaction|{key_name(name)}|{seconds(at)}",
            party=Party(None, name),
            direction="out",
            at=when(at),
            one_click=True,
        )


IMPORTER = Importer(
    name="facebook.people_interactions",
    source="facebook",
    files="people_and_friends.json",
    yields="people you commented on or reacted to, with their profile address",
    identify=is_kind("people_interactions"),
    extract=_extract,
)
