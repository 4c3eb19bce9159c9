"""Text hints in the database: found while loading, published while deriving, dismissed by the user.

The words themselves are looked for in ``notworking.hints``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import polars as pl

from notworking import hints
from notworking.store.arrow import insert
from notworking.store.sql import sql

#: Texts that are held in Python at a time.
_PIECE = 50_000
#: Events of which what was found is held in Python until it is written.
_SPAN = 1_000_000
_ALL = 2**63 - 1
_TEXTS = {"event_id": pl.Int64, "text": pl.String}


def take_new(con: duckdb.DuckDBPyConnection) -> None:
    """Find the hints in the events of this run (temp table ``new_events``)."""
    con.execute(
        "create or replace temp view told_places as"
        " select n.event_id, s.text, s.kind, s.one_click, s.rowid as place"
        " from new_events n join stage_events s on s.rowid = n.staged"
    )
    # Places begin far from zero as long as the rows are not committed.
    first, last = con.execute(
        "select coalesce(min(staged), 0), coalesce(max(staged), -1) from new_events"
    ).fetchall()[0]
    for low in range(first, last + 1, _SPAN):
        _take(con, low, low + _SPAN)
    counts = "select (select count(*) from raw.events) = (select count(*) from new_events)"
    if con.execute(counts).fetchall() == [(True,)]:
        _remember_lists(con)


def fingerprint() -> str:
    """Return what tells one state of the word lists from another."""
    return hints.digest()[:16]


def derive(con: duckdb.DuckDBPyConnection) -> None:
    """Publish the hints, after looking again at all kept texts if the word lists changed."""
    if con.execute("select digest from core.hint_lists").fetchall() != [(fingerprint(),)]:
        _look_again(con)
        _remember_lists(con)
    con.execute(sql("derive", "54_lang_hits"))
    con.execute(sql("derive", "55_hints"))


def dismiss(con: duckdb.DuckDBPyConnection, hint_id: int) -> None:
    """Write down that a hint is none, for the message it stands in."""
    con.execute(
        "insert into main.dismissed_hints select distinct event_id, kind, $now from main.hints"
        " where hint_id = $hint and not dismissed",
        {"now": datetime.now(UTC), "hint": hint_id},
    )


def restore(con: duckdb.DuckDBPyConnection, hint_id: int) -> None:
    """Take back that a hint is none."""
    con.execute(
        "delete from main.dismissed_hints where (event_id, kind) in ("
        " select (event_id, kind) from main.hints where hint_id = ?)",
        [hint_id],
    )


def _remember_lists(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("delete from core.hint_lists")
    con.execute("insert into core.hint_lists values (?)", [fingerprint()])


def _look_again(con: duckdb.DuckDBPyConnection) -> None:
    """Find the hints in every text that was kept; what stands on texts not kept stays."""
    con.execute(
        "delete from raw.hints"
        " where event_id in (select event_id from raw.events where text is not null)"
    )
    # New rows are placed far behind the others until they are committed: no spans of them.
    con.execute(
        "create or replace temp view told_places as"
        " select event_id, text, kind, one_click, 0 as place from raw.events"
    )
    _take(con, 0, _ALL)


def _take(con: duckdb.DuckDBPyConnection, low: int, high: int) -> None:
    # The engine hands the texts on bit by bit, and only until it is asked for something else.
    found = [hints.find(texts) for texts in _pieces(con, low, high)]
    if any(frame.height for frame in found):
        insert(con, "raw.hints", pl.concat(found))


def _pieces(con: duckdb.DuckDBPyConnection, low: int, high: int) -> Iterator[pl.DataFrame]:
    con.execute(sql("load", "hint_texts"), {"low": low, "high": high})
    while rows := con.fetchmany(_PIECE):
        yield pl.DataFrame(rows, schema=_TEXTS, orient="row")
