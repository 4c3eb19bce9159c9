"""Calls and text messages that Android phones uploaded until 2018: who, when, how long; no texts.

The strongest evidence of an early export. Both files are keyed by the counterpart, mostly the phone
number, under which address books hold the same person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from notworking.ingest._json import load
from notworking.ingest.facebook._contact_points import is_phone
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import (
    container,
    fields,
    key_name,
    number,
    person,
    placed,
    seconds,
    text,
    when,
)
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.records import Event, Party, Record, Reject

_OUT = ("OUT", "SENT", "2")
_IN = ("IN", "RECEIVED", "MISSED", "1")


def _calls(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    inner, key = container(value, "call_logs")
    if value is not None and not isinstance(inner, dict):
        yield Reject("file", "no calls found under 'call_logs'", shorten(to_json(value)))
    yield from _numbered(_each(inner, key, "call"))
    if damage is not None:
        yield damage


def _texts(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    inner, key = container(value, "message_logs")
    if value is not None and not isinstance(inner, dict):
        yield Reject("file", "no messages found under 'message_logs'", shorten(to_json(value)))
    for name, group in fields(inner).items():
        yield from _numbered(_each(group, f"{key}.{name}", name.removesuffix("_logs")))
    if damage is not None:
        yield damage


def _each(group: object, at: str, kind: str) -> Iterator[Event | Reject]:
    for who, logged in fields(group).items():
        for place, record in placed(logged, f"{at}.{who}"):
            event = _logged(place, fields(record), who, kind)
            yield event or Reject(place, f"{kind} without a time", shorten(to_json(record)))


def _logged(place: str, record: dict[str, object], who: str, kind: str) -> Event | None:
    times = (
        record.get(name) for name in ("start_timestamp", "sent_timestamp", "received_timestamp")
    )
    at = next((one for one in times if when(one) is not None), None)
    if at is None:
        return None
    plain = key_name(who)
    key = "".join(filter(str.isdigit, plain)) if is_phone(plain) else plain
    way = text(record.get("call_type") or record.get("message_type") or record.get("message_box"))
    way = way or str(number(record.get("message_type") or record.get("message_box")) or "")
    missed = kind == "call" and ("MISS" in way.upper() or number(record.get("duration")) == 0)
    return Event(
        place=place,
        kind="call" if kind == "call" else "message",
        key=f"{kind}|{key}|{seconds(at)}",
        party=Party(key or None, person(record.get("contact_name"))),
        direction=_direction(way.upper()),
        at=when(at),
        text="missed" if missed else None,
    )


def _direction(way: str) -> str:
    if way.startswith(_OUT):
        return "out"
    return "in" if way.startswith(_IN) else "mutual"


def _numbered(found: Iterator[Event | Reject]) -> Iterator[Record]:
    seen: Counter[str] = Counter()
    for record in found:
        if isinstance(record, Event):
            seen[record.key] += 1
            count = seen[record.key]
            yield record if count == 1 else replace(record, key=f"{record.key}#{count}")
        else:
            yield record


IMPORTERS = (
    Importer(
        name="facebook.call_logs",
        source="facebook",
        files="call_logs.json",
        yields="phone calls, with number and length",
        identify=is_kind("call_logs"),
        extract=_calls,
    ),
    Importer(
        name="facebook.message_logs",
        source="facebook",
        files="message_logs.json",
        yields="text messages sent and received, without their text",
        identify=is_kind("message_logs"),
        extract=_texts,
    ),
)
