"""Rows into the raw schema: what the files of one run said, merged with what is known, and counted.

Takes records as importers yield them; knows nothing of any format. Rows wait in temporary tables
until all files were read, so that a file that breaks half-way leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from notworking.frames import EVENT_SCHEMA, as_frame
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
from notworking.store import forgotten, rows
from notworking.store.arrow import insert, insert_rows
from notworking.store.bulk_csv import Mend, Target, stage_table
from notworking.store.connecting import quoted
from notworking.store.sql import sql

#: Rows held in Python before they go to the engine.
CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class File:
    """A file that is read.

    Attributes:
        source: The contract's word for its source.
        importer: Name of what reads it; the entries of all files of one importer are one list.
        mend: Reads a row that the engine could not, where the importer yields bulk tables.
        path: Gives the file as a real path, for bulk tables.
        report: Called with the number of rows met so far.
    """

    file_id: int
    owner_id: int
    source: str
    importer: str
    mend: Mend | None
    path: Callable[[], Path]
    report: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Staged:
    """What was found in a file.

    Attributes:
        rejected: Number of rejects.
        notices: What there is to say about the file.
        as_of: Date of the export, as far as the content tells.
        refusal: Reason why nothing of the file could be read; None if something was.
        is_cut: Reading ended before the file did.
    """

    rejected: int
    notices: tuple[str, ...]
    as_of: datetime | None
    refusal: str | None
    is_cut: bool


@dataclass(slots=True)
class _Pending:
    """Records on their way to the engine; ``newest`` is the latest date among them."""

    contacts: list[Contact] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    frames: list[pl.DataFrame] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    snapshot: datetime | None = None
    newest: datetime | None = None
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

    def see(self, at: datetime | None) -> None:
        """Remember a date, if it is the newest."""
        if at is not None and (self.newest is None or at > self.newest):
            self.newest = at


class Loading:
    """The rows of one run on their way into raw: ``stage`` every file, then ``merge`` once.

    Attributes:
        withheld: Rows per file that are about somebody who was forgotten; known after ``merge``.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, *, keep_text: bool) -> None:
        """Make the temporary tables."""
        self._con = con
        self._small: dict[str, list[dict[str, Any]]] = {name: [] for name in rows.SCHEMAS}
        self._frames: list[pl.DataFrame] = []
        self._waiting = 0
        self.withheld: dict[int, int] = {}
        con.execute(sql("load", "stage"))
        con.execute("set variable nw_keep_text = $keep", {"keep": keep_text})

    def stage(self, file: File, records: Iterable[Record]) -> Staged:
        """Take every record of a file.

        Raises whatever the importer or the engine raises; nothing of the file is kept then.
        """
        pending = _Pending()
        try:
            for record in records:
                self._take(file, pending, record)
        except BaseException:
            self._forget(file.file_id)
            raise
        self._hand_over(file, pending)
        self._small["stage_files"].append(
            {
                "file_id": file.file_id,
                "owner_id": file.owner_id,
                "source": file.source,
                "list": file.importer,
            }
        )
        self._small["stage_rejects"] += rows.rejects(file.file_id, pending.rejects)
        met = pending.rows - len(pending.rejects)
        alone = [r.reason for r in pending.rejects if r.place == "file"]
        return Staged(
            len(pending.rejects),
            tuple(dict.fromkeys(pending.notices)),
            pending.snapshot or pending.newest,
            alone[0] if alone and met == 0 else None,
            any(r.is_end for r in pending.rejects),
        )

    def merge(self) -> dict[int, tuple[int, int]]:
        """Move everything into raw; return per file how many rows it had and how many were new."""
        self._flush()
        self.withheld = forgotten.withhold_staged(self._con)
        self._con.execute(sql("load", "merge"))
        self._con.execute(sql("load", "beginnings"))
        counted = self._con.execute(sql("load", "counts")).fetchall()
        if any(met > loaded for _, met, loaded in counted):
            self._con.execute(sql("load", "sightings"))
        return {file_id: (met, loaded) for file_id, met, loaded in counted}

    def _take(self, file: File, pending: _Pending, record: Record) -> None:
        match record:
            case Events(frame):
                pending.frames.append(frame)
                pending.rows += frame.height
                pending.see(_newest_of(frame))
            case Table():
                self._take_table(file, pending, record)
            case Notice(message):
                pending.notices.append(message)
            case SnapshotDate(day):
                pending.snapshot = datetime.combine(day, time(), UTC)
            case Contact() | Event() | Thread() | Stage() | Reject():
                pending.of(record).append(record)
                pending.rows += not isinstance(record, Thread)
                pending.see(_date_of(record))
        if pending.rows % 1000 == 0:
            file.report(pending.rows)
        if len(pending.contacts) + len(pending.events) >= CHUNK or len(pending.frames) > 1:
            self._hand_over(file, pending)

    def _take_table(self, file: File, pending: _Pending, table: Table) -> None:
        """Let the engine read a bulk table; its rows are in the engine at once."""
        if file.mend is None:
            raise TypeError(f"{file.importer} yields a Table and has no mend")
        _, before = self._staged_events(file)
        target = Target("stage_events", {"file_id": file.file_id}, _made(file))
        rejects = stage_table(self._con, file.path(), table, file.mend, target)
        newest, count = self._staged_events(file)
        pending.rejects += rejects
        pending.rows += count - before + len(rejects)
        pending.see(newest)

    def _staged_events(self, file: File) -> tuple[datetime | None, int]:
        """Return the newest date among the staged events of a file, and their number."""
        newest, count = self._con.execute(
            'select max("at"), count(*) from stage_events where file_id = ?', [file.file_id]
        ).fetchall()[0]
        return None if newest is None else newest.astimezone(UTC), int(count)

    def _hand_over(self, file: File, pending: _Pending) -> None:
        """Move what a file has so far to the rows of the run."""
        if pending.events:
            pending.frames.append(as_frame(pending.events).frame)
            pending.events.clear()
        for frame in pending.frames:
            self._frames.append(_tagged(frame, file.file_id))
            self._waiting += frame.height
        pending.frames.clear()
        for table, made in rows.small(file.file_id, pending).items():
            self._small[table] += made
            self._waiting += len(made)
        if self._waiting >= CHUNK:
            self._flush()

    def _flush(self) -> None:
        if self._frames:
            insert(self._con, "stage_events", pl.concat(self._frames))
            self._frames.clear()
        for table, waiting in self._small.items():
            insert_rows(self._con, table, waiting, rows.SCHEMAS[table])
            waiting.clear()
        self._waiting = 0

    def _forget(self, file_id: int) -> None:
        """Drop what a broken file had handed over already."""
        self._flush()
        for table in (*rows.SCHEMAS, "stage_events"):
            self._con.execute(f"delete from {table} where file_id = ?", [file_id])


def _made(file: File) -> dict[str, str]:
    """Return what the engine makes of an event while it reads it: the identifier, for its key.

    The words are counted there as well, since the select goes over the text anyway.
    """
    known = f"{file.owner_id:d}|{file.source}|"
    key = f"core.stable_id(concat({quoted(known)}, kind, '|', key))"
    return {"event_id": key, "key": "null", "words": "words"}


def _tagged(frame: pl.DataFrame, file_id: int) -> pl.DataFrame:
    """Return the columns of an event and the file they are from.

    Column by column: an expression costs a millisecond, more than reading a short conversation.
    """
    tag = pl.Series("file_id", [file_id], pl.Int32).new_from_index(0, frame.height)
    return pl.DataFrame([*(frame[name] for name in EVENT_SCHEMA), tag])


def _newest_of(frame: pl.DataFrame) -> datetime | None:
    newest = frame["at"].max()
    return newest if isinstance(newest, datetime) else None


def _date_of(record: Contact | Event | Thread | Stage | Reject) -> datetime | None:
    match record:
        case Contact():
            return record.connected_at
        case Event():
            return record.at
        case _:
            return None
