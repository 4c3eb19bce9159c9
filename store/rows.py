"""Single records as rows of the temporary tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import polars as pl

from notworking.records import Contact, Reject, Stage, Thread

_TEXT = pl.String()
_TIME = pl.Datetime("us", "UTC")
_PARTIES = pl.List(pl.Struct({"key": _TEXT, "name": _TEXT}))
_POINTS = pl.List(pl.Struct({"kind": _TEXT, "raw": _TEXT, "label": _TEXT, "region": _TEXT}))
_PLAIN = (
    "relation",
    "full_name",
    "given_name",
    "family_name",
    "nickname",
    "company",
    "title",
    "birthday",
    "location",
    "profile_url",
    "connected_at",
    "note",
    "as_of",
    "raw",
)
_STAGE = ("kind", "organisation", "title", "started", "ended")

#: Column types of the temporary tables that single records go to.
SCHEMAS: dict[str, dict[str, Any]] = {
    "stage_files": {
        "file_id": pl.Int32,
        "owner_id": pl.Int32,
        "source": _TEXT,
        "list": _TEXT,
    },
    "stage_entries": {
        "file_id": pl.Int32,
        "source_key": _TEXT,
        **dict.fromkeys(_PLAIN, _TEXT),
        "connected_at": _TIME,
        "as_of": _TIME,
        "points": _POINTS,
    },
    "stage_threads": {
        "file_id": pl.Int32,
        "thread_key": _TEXT,
        "title": _TEXT,
        "size": pl.Int32,
        "flags": pl.List(_TEXT),
        "members": _PARTIES,
    },
    "stage_stages": {"file_id": pl.Int32, **dict.fromkeys(_STAGE, _TEXT)},
    "stage_rejects": {
        "file_id": pl.Int32,
        "place": _TEXT,
        "reason": _TEXT,
        "raw": _TEXT,
    },
}


class Waiting(Protocol):
    """Lists of single records; ``small`` empties all but the rejects."""

    contacts: list[Contact]
    threads: list[Thread]
    stages: list[Stage]
    rejects: list[Reject]


def small(file_id: int, waiting: Waiting) -> dict[str, Sequence[dict[str, Any]]]:
    """Return the rows of everything that waits, by table, and empty the lists."""
    made: dict[str, Sequence[dict[str, Any]]] = {
        "stage_entries": [_entry(file_id, c) for c in waiting.contacts],
        "stage_threads": [_thread(file_id, t) for t in waiting.threads],
        "stage_stages": [
            {"file_id": file_id} | {name: getattr(s, name) for name in _STAGE}
            for s in waiting.stages
        ],
    }
    for records in (waiting.contacts, waiting.threads, waiting.stages):
        records.clear()
    return made


def rejects(file_id: int, found: Sequence[Reject]) -> list[dict[str, Any]]:
    """Return the rows of the rejects of a file."""
    return [{"file_id": file_id, "place": r.place, "reason": r.reason, "raw": r.raw} for r in found]


def _entry(file_id: int, contact: Contact) -> dict[str, Any]:
    points = [
        {"kind": p.kind, "raw": p.raw, "label": p.label, "region": p.region} for p in contact.points
    ]
    plain = {name: getattr(contact, name) for name in _PLAIN}
    return {"file_id": file_id, "source_key": contact.key, "points": points} | plain


def _thread(file_id: int, thread: Thread) -> dict[str, Any]:
    return {
        "file_id": file_id,
        "thread_key": thread.key,
        "title": thread.title,
        "size": thread.size,
        "flags": list(thread.flags),
        "members": [{"key": p.key, "name": p.name} for p in thread.members],
    }
