"""Rows into the raw schema: what one file said, counted, and merged with what is known already.

Reads records as importers yield them; knows nothing of any format. A file's rows are gathered in
temporary tables first, so that a file that breaks half-way leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from notworking.ingest.frames import EVENT_SCHEMA, as_frame
from notworking.ingest.importer import Importer
from notworking.records import (
    Contact,
    Event,
    Events,
    Notice,
    Record,
    Reject,
    SnapshotDate,
    Stage,
    Table,
    Thread,
)
from notworking.store.bulk_csv import stage_table
from notworking.store.sql import sql

#: Rows held in Python before they go to the engine.
CHUNK = 50_000

_POINTS = pl.List(
    pl.Struct({"kind": pl.String, "raw": pl.String, "label": pl.String, "region": pl.String})
)
_PARTIES = pl.List(pl.Struct({"key": pl.String, "name": pl.String}))
_TIME = pl.Datetime("us", "UTC")
_CONTACT_SCHEMA: dict[str, Any] = {
    "source_key": pl.String,
    "relation": pl.String,
    "full_name": pl.String,
    "given_name": pl.String,
    "family_name": pl.String,
    "nickname": pl.String,
    "company": pl.String,
    "title": pl.String,
    "birthday": pl.String,
    "location": pl.String,
    "profile_url": pl.String,
    "connected_at": _TIME,
    "note": pl.String,
    "as_of": _TIME,
    "points": _POINTS,
    "raw": pl.String,
}


class Arrow:
    """Hands a polars frame to DuckDB without pyarrow."""

    def __init__(self, frame: pl.DataFrame) -> None:
        """Keep the frame."""
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the frame as an Arrow stream."""
        return self.frame.__arrow_c_stream__(requested_schema)


@dataclass(slots=True)
class Counts:
    """What became of a file's rows."""

    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of one file, on their way into the raw schema.

    Attributes:
        path: Gives the file as a real path, for bulk tables.
        report: Called with the number of rows met so far.
    """

    con: duckdb.DuckDBPyConnection
    file_id: int
    owner_id: int
    importer: Importer
    keep_text: bool
    path: Callable[[], Path]
    report: Callable[[int], None]


@dataclass(slots=True)
class _Gathered:
    contacts: list[Contact] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    snapshot: datetime | None = None
    rows: int = 0

    def of(self, record: Contact | Event | Thread | Stage | Reject) -> list[Any]:
        """Return the list that records of this type wait in."""
        lists: dict[type, list[Any]] = {
            Contact: self.contacts,
            Event: self.events,
            Thread: self.threads,
            Stage: self.stages,
            Reject: self.rejects,
        }
        return lists[type(record)]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What ``load`` did with a file."""

    counts: Counts
    notices: tuple[str, ...]
    as_of: datetime | None
    file_reject: str | None


def load(rows: FileRows, records: Iterable[Record]) -> Loaded:
    """Stage every record of one file, merge it into raw, and count.

    Raises whatever the importer or the engine raises; nothing of the file is kept then.
    """
    con = rows.con
    con.execute(sql("load", "stage"))
    gathered = _Gathered()
    for record in records:
        _take(rows, gathered, record)
    _flush_contacts(con, gathered)
    _flush_events(con, gathered)
    _flush_small(con, gathered)
    counts = _merge(rows)
    counts.rejected = len(gathered.rejects)
    counts.read = counts.loaded + counts.unchanged + counts.rejected
    _write_rejects(rows, gathered.rejects)
    alone = [r.reason for r in gathered.rejects if r.place == "file"]
    return Loaded(
        counts,
        tuple(dict.fromkeys(gathered.notices)),
        gathered.snapshot or _newest(con),
        alone[0] if alone and counts.loaded + counts.unchanged == 0 else None,
    )


def _take(rows: FileRows, gathered: _Gathered, record: Record) -> None:
    match record:
        case Events(frame):
            _insert_events(rows.con, frame)
            gathered.rows += frame.height
        case Table():
            mend = rows.importer.mend
            if mend is None:
                raise TypeError(f"{rows.importer.name} yields a Table and has no mend")
            gathered.rejects += stage_table(rows.con, rows.path(), record, mend, "stage_events")
        case Notice(message):
            gathered.notices.append(message)
        case SnapshotDate(day):
            gathered.snapshot = datetime.combine(day, time(), UTC)
        case _:
            gathered.rows += 1
            gathered.of(record).append(record)
            if len(gathered.contacts) >= CHUNK:
                _flush_contacts(rows.con, gathered)
            if len(gathered.events) >= CHUNK:
                _flush_events(rows.con, gathered)
            if gathered.rows % 1000 == 0:
                rows.report(gathered.rows)


def _flush_contacts(con: duckdb.DuckDBPyConnection, gathered: _Gathered) -> None:
    if not gathered.contacts:
        return
    data = [
        {
            "source_key": c.key,
            "points": [
                {"kind": p.kind, "raw": p.raw, "label": p.label, "region": p.region}
                for p in c.points
            ],
        }
        | {
            name: getattr(c, name)
            for name in _CONTACT_SCHEMA
            if name not in ("source_key", "points")
        }
        for c in gathered.contacts
    ]
    gathered.contacts.clear()
    frame = Arrow(pl.DataFrame(data, schema=_CONTACT_SCHEMA))  # noqa: F841 (DuckDB finds it by name)
    con.execute("insert into stage_entries by name select * from frame")


def _flush_events(con: duckdb.DuckDBPyConnection, gathered: _Gathered) -> None:
    if gathered.events:
        _insert_events(con, as_frame(gathered.events).frame)
        gathered.events.clear()


def _insert_events(con: duckdb.DuckDBPyConnection, events: pl.DataFrame) -> None:
    frame = Arrow(events.select(list(EVENT_SCHEMA)))  # noqa: F841 (DuckDB finds it by name)
    con.execute("insert into stage_events by name select * from frame")


def _flush_small(con: duckdb.DuckDBPyConnection, gathered: _Gathered) -> None:
    if gathered.threads:
        data = [
            {
                "thread_key": t.key,
                "title": t.title,
                "size": t.size,
                "flags": list(t.flags),
                "members": [{"key": p.key, "name": p.name} for p in t.members],
            }
            for t in gathered.threads
        ]
        schema: dict[str, Any] = {
            "thread_key": pl.String,
            "title": pl.String,
            "size": pl.Int32,
            "flags": pl.List(pl.String),
            "members": _PARTIES,
        }
        frame = Arrow(pl.DataFrame(data, schema=schema))
        con.execute("insert into stage_threads by name select * from frame")
    if gathered.stages:
        names = ("kind", "organisation", "title", "started", "ended")
        stages = [[getattr(s, name) for name in names] for s in gathered.stages]
        text = dict.fromkeys(names, pl.String)
        frame = Arrow(pl.DataFrame(stages, schema=text, orient="row"))  # noqa: F841 (found by name)
        con.execute("insert into stage_stages by name select * from frame")


def _merge(rows: FileRows) -> Counts:
    """Move the staged rows into raw; rows that are known already are counted as unchanged."""
    con = rows.con
    values = {
        "owner": rows.owner_id,
        "source": rows.importer.source,
        "list": rows.importer.name,
        "file": rows.file_id,
        "keep_text": rows.keep_text,
    }
    con.execute("set variable nw = $values", {"values": values})
    counts = Counts()
    for table in ("entries", "events", "stages"):
        met = _one(con, f"select count(*) from stage_{table}")
        before = _one(con, f"select count(*) from raw.{table}") if met else 0
        if met:
            con.execute(sql("load", f"merge_{table}"))
            counts.loaded += _one(con, f"select count(*) from raw.{table}") - before
        counts.read += met
    con.execute(sql("load", "merge_threads"))
    counts.unchanged = counts.read - counts.loaded
    return counts


def _newest(con: duckdb.DuckDBPyConnection) -> datetime | None:
    """Return the newest date among the staged rows: no export is older than what it holds."""
    row = con.execute(
        "select max(d) from (select max(connected_at) as d from stage_entries"
        ' union all select max("at") from stage_events)'
    ).fetchall()[0]
    return row[0] if row[0] is None else row[0].astimezone(UTC)


def _write_rejects(rows: FileRows, rejects: list[Reject]) -> None:
    if rejects:
        data = [[rows.file_id, r.place, r.reason, r.raw] for r in rejects]
        schema: dict[str, Any] = {
            "file_id": pl.Int32,
            "place": pl.String,
            "reason": pl.String,
            "raw": pl.String,
        }
        frame = Arrow(pl.DataFrame(data, schema=schema, orient="row"))  # noqa: F841 (found by name)
        rows.con.execute("insert into main.rejects by name select * from frame")


def _one(con: duckdb.DuckDBPyConnection, select: str) -> int:
    return int(con.execute(select).fetchall()[0][0])
