"""Frames of events: the one shape in which bulk files reach the store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from notworking.records import Event, Events

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
            "place": e.place,
            "kind": e.kind,
            "key": e.key,
            "party": {"key": e.party.key, "name": e.party.name},
            "direction": e.direction,
            "recipients": None
            if e.recipients is None
            else [{"key": p.key, "name": p.name} for p in e.recipients],
            "thread_key": e.thread_key,
            "thread_size": e.thread_size,
            "at": e.at,
            "text": e.text,
            "one_click": e.one_click,
        }
        for e in events
    ]
    return Events(pl.DataFrame(rows, schema=EVENT_SCHEMA))
