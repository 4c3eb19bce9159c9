"""The generic ``label_values`` record, in which newer exports write every new category.

Labels are in the language of the account, and often only partly translated: a known label is taken
first, the shape of the value second. The ``fbid`` of a record numbers the record, never a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from notworking.ingest.facebook._values import fields, microseconds, records, text

#: Captions of a person's name, case-folded.
NAME_LABELS = frozenset(
    {
        "name",
        "contact name",
        "full name",
        "imię i nazwisko kontaktu",
        "nazwa",
        "nombre",
        "nom",
        "nome",
        "naam",
        "namn",
        "navn",
        "jméno",
        "kontaktname",
    }
)
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One labelled value: the label of itself or its nearest captioned group, and what it holds."""

    label: str
    value: str | None
    href: str | None
    at: object


def entries(record: object, label: str = "", depth: int = 0) -> Iterator[Entry]:
    """Yield the labelled values of a record or group, in order, nested ones in their place."""
    if depth > _DEPTH:
        return
    for name in ("label_values", "dict", "vec"):
        for item in records(fields(record).get(name)):
            own = fields(item)
            caption = text(own.get("label")) or text(own.get("title")) or label
            yield from _leaf(own, caption)
            yield from entries(own, caption, depth + 1)


def _leaf(own: dict[str, object], caption: str) -> Iterator[Entry]:
    value, href, at = text(own.get("value")), text(own.get("href")), own.get("timestamp_value")
    if value is not None or href is not None or at is not None:
        yield Entry(caption.casefold(), value, href, at)


def name_of(record: object) -> str | None:
    """Return the value under a known caption of a name; None where there is none."""
    for entry in entries(record):
        if entry.label in NAME_LABELS and entry.value is not None:
            return entry.value
    return None


def time_of(record: object) -> object:
    """Return the time of a record, or else the first time among its values, as written."""
    own = fields(record)
    if microseconds(own.get("timestamp")) is not None:
        return own["timestamp"]
    for entry in entries(record):
        if microseconds(entry.at) is not None:
            return entry.at
    return None


def first_text(record: object) -> str | None:
    """Return the first value that is neither a link nor a number; None where there is none."""
    for entry in entries(record):
        value = entry.value
        if value is not None and "://" not in value and not value.isdigit():
            return value
    return None


def labelled(record: object, *labels: str) -> str | None:
    """Return the value under one of the captions, given case-folded; None where there is none."""
    for entry in entries(record):
        if entry.label in labels and entry.value is not None:
            return entry.value
    return None
