"""Taking an import back: what only it showed goes, what others showed as well stays.

The books are put right here; deriving what is published is left to the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from notworking.store.sql import sql


@dataclass(frozen=True, slots=True)
class Taken:
    """An import that was taken back, and the one that is the latest now (0: none is left)."""

    import_id: int
    started_at: datetime
    files: int
    rows: int
    latest: int


def imports(con: duckdb.DuckDBPyConnection) -> list[int]:
    """Return the numbers of all imports, the oldest first."""
    rows = con.execute("select import_id from main.imports order by import_id").fetchall()
    return [int(row[0]) for row in rows]


def traceable_from(con: duckdb.DuckDBPyConnection) -> int:
    """Return the first import of which it is known what others showed as well."""
    rows = con.execute(
        "select value from core.settings where owner_id = 0 and name = 'sightings_from'"
    ).fetchall()
    return int(rows[0][0]) if rows else 0


def note_owners(con: duckdb.DuckDBPyConnection) -> None:
    """Remember the owners as they are before the next import."""
    con.execute(
        "insert into core.owner_journal"
        " select (select coalesce(max(import_id), 0) + 1 from main.imports), o.owner_id, o.name,"
        " o.is_given, s.value from main.owners o"
        " left join core.settings s on s.owner_id = o.owner_id and s.name = 'region'"
    )


def take_back(con: duckdb.DuckDBPyConnection, import_id: int) -> Taken:
    """Take one import out of raw and the books, inside the caller's transaction."""
    started, files, rows = con.execute(
        "select started_at, files, rows_loaded from main.imports where import_id = ?", [import_id]
    ).fetchall()[0]
    later = [number for number in imports(con) if number > import_id]
    con.execute("set variable nw_taken = $id", {"id": import_id})
    con.execute(sql("load", "take_back"))
    if later:
        con.execute("set variable nw_next = $id", {"id": later[0]})
        con.execute(sql("load", "take_back_older"))
    else:
        con.execute(sql("load", "take_back_latest"))
    return Taken(import_id, started, files, rows, max(imports(con), default=0))
