"""Frames of events: the one shape in which bulk files reach the store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from notworking.records import Event, Events, Party

PARTY = pl.Struct({"key": pl.String, "name": pl.String})

#: Columns of an ``Events`` frame, in order; meanings as in ``records.Event``.
EVENT_SCHEMA: dict[str, Any] = {
    "place": pl.String,
    "kind": pl.String,
    "key": pl.String,
    "party": PARTY,
    "direction": pl.String,
    "recipients": pl.List(PARTY),
    "thread_key": pl.String,
    "thread_size": pl.Int32,
    "at": pl.Datetime("us", "UTC"),
    "text": pl.String,
    "one_click": pl.Boolean,
}


def as_frame(events: Iterable[Event]) -> Events:
    """Gather single events into one frame.

    Strings that UTF-8 cannot carry (lone surrogates from damaged JSON) are mended first.
    """
    rows = [
        {
            "place": _carried(e.place),
            "kind": e.kind,
            "key": _carried(e.key),
            "party": _party(e.party),
            "direction": e.direction,
            "recipients": None if e.recipients is None else [_party(p) for p in e.recipients],
            "thread_key": _carried(e.thread_key),
            "thread_size": e.thread_size,
            "at": e.at,
            "text": _carried(e.text),
            "one_click": e.one_click,
        }
        for e in events
    ]
    return Events(pl.DataFrame(rows, schema=EVENT_SCHEMA))


def _party(party: Party) -> dict[str, str | None]:
    return {"key": _carried(party.key), "name": _carried(party.name)}


def _carried(text: str | None) -> str | None:
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")
