"""The activity log's record: a time, a headline, data and attachments as lists of small objects.

Comments, reactions and posts share it. Nothing here knows what an activity means.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from notworking.ingest._json import load
from notworking.ingest.facebook._values import container, fields, placed, records, text
from notworking.ingest.importer import Content, shorten, to_json
from notworking.records import Event, Record, Reject

Reader = Callable[[str, dict[str, object]], Iterator[Event]]


def activities(content: Content, keys: tuple[str, ...], reader: Reader) -> Iterator[Record]:
    """Yield what ``reader`` makes of each record, repeated keys numbered, and the rejects.

    The list lies under one of the keys, in an ``activity_log_data`` below it, or is the whole
    file; a record that is no object, or of which the reader makes nothing, is a reject.
    """
    value, damage = load(content)
    inner, key = container(value, *keys)
    nested = fields(inner).get("activity_log_data")
    if isinstance(nested, list):
        inner, key = nested, f"{key}.activity_log_data"
    if not key and isinstance(value, dict) and ("label_values" in value or "timestamp" in value):
        inner = value
    if inner is None and value is not None:
        yield Reject("file", f"no list found under {keys[0]!r}", shorten(to_json(value)))
    seen: Counter[str] = Counter()
    for place, record in placed(inner, key):
        found = list(reader(place, record)) if isinstance(record, dict) else []
        if not found:
            yield Reject(place, "not an activity: no field is known", shorten(to_json(record)))
        for event in found:
            seen[event.key] += 1
            count = seen[event.key]
            yield event if count == 1 else replace(event, key=f"{event.key}#{count}")
    if damage is not None:
        yield damage


def parts(record: dict[str, object], group: str) -> Iterator[dict[str, object]]:
    """Yield the small objects of ``data``, or of every attachment's ``data``."""
    for part in records(record.get(group)):
        if group == "attachments":
            yield from map(fields, records(fields(part).get("data")))
        else:
            yield fields(part)


def headline(record: dict[str, object]) -> str:
    """Return a record's title, or an empty text."""
    return text(record.get("title")) or ""


def digest(written: str | None) -> str:
    """Return a short sum of a text, for a key."""
    data = (written or "").encode("utf-8", "replace")
    return hashlib.md5(data, usedforsecurity=False).hexdigest()[:16]
