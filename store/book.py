"""The books: owners, imports, files and their counts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import polars as pl

from notworking.errors import UsageError
from notworking.store.arrow import insert_rows

_FILES: dict[str, Any] = {
    "file_id": pl.Int32,
    "import_id": pl.Int32,
    **dict.fromkeys(("path", "sha256", "source", "kind", "status", "message"), pl.String),
    **dict.fromkeys(
        ("bytes", "rows_read", "rows_loaded", "rows_unchanged", "rows_rejected"), pl.Int64
    ),
}
_READ: dict[str, Any] = {
    "file_id": pl.Int32,
    "owner_id": pl.Int32,
    "importer": pl.String,
    "sha256": pl.String,
    "as_of": pl.Datetime("us", "UTC"),
    "complete": pl.Boolean,
}


def _rows(con: duckdb.DuckDBPyConnection, sql: str, values: list[Any] | None = None) -> list[Any]:
    return con.execute(sql, values or []).fetchall()


def choose_owner(con: duckdb.DuckDBPyConnection, name: str | None) -> tuple[int, bool]:
    """Return the owner these exports belong to, and whether that is news to the database.

    Raises:
        UsageError: Several owners are known and none was named.
    """
    owners = _rows(con, "select owner_id, name from main.owners order by owner_id")
    if name is None:
        if len(owners) > 1:
            names = ", ".join(f'"{n}"' for _, n in owners)
            raise UsageError(
                f"This database holds several owners: say --owner with one of {names}."
            )
        if owners:
            return int(owners[0][0]), False
        con.execute("insert into main.owners values (1, null, false)")
        return 1, True
    same = _rows(
        con,
        "select owner_id, is_given from main.owners where core.name_key(name) = core.name_key(?)",
        [name],
    )
    if same:
        owner_id = int(same[0][0])
    elif len(owners) == 1 and owners[0][1] is None:
        owner_id = int(owners[0][0])
    else:
        owner_id = 1 + max((int(o) for o, _ in owners), default=0)
        con.execute("insert into main.owners values (?, null, false)", [owner_id])
    con.execute(
        "update main.owners set name = ?, is_given = true where owner_id = ?", [name, owner_id]
    )
    return owner_id, not (same and same[0][1])


def owner_name(con: duckdb.DuckDBPyConnection, owner_id: int) -> str | None:
    """Return what an owner is called."""
    rows = _rows(con, "select name from main.owners where owner_id = ?", [owner_id])
    return None if rows[0][0] is None else str(rows[0][0])


def self_names(con: duckdb.DuckDBPyConnection, owner_id: int) -> set[str]:
    """Return the names an owner's exports call the owner, in comparable form."""
    rows = _rows(
        con,
        "select distinct core.name_key(full_name) from raw.entries"
        " where relation = 'self' and owner_id = ? and core.name_key(full_name) is not null",
        [owner_id],
    )
    return {str(name) for (name,) in rows}


def set_region(con: duckdb.DuckDBPyConnection, owner_id: int, region: str | None) -> bool:
    """Remember the country of an owner's phone numbers; return whether that is news."""
    if region is None or regions(con).get(owner_id) == region:
        return False
    con.execute("insert or replace into core.settings values (?, 'region', ?)", [owner_id, region])
    return True


def regions(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Return the country each owner stated."""
    rows = _rows(con, "select owner_id, value from core.settings where name = 'region'")
    return {int(owner): str(value) for owner, value in rows}


def phone_texts(con: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    """Return owner and text of every distinct phone number as written."""
    return _rows(
        con,
        "select distinct v.owner_id, p.point.raw from raw.entries v, unnest(v.points) as p(point)"
        " where p.point.kind = 'phone' order by all",
    )


def remembered(con: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Return what was remembered of the last run: ``recipe`` or ``resolved``."""
    rows = _rows(con, "select value from core.settings where owner_id = 0 and name = ?", [name])
    return str(rows[0][0]) if rows else None


def remember(con: duckdb.DuckDBPyConnection, name: str, text: str) -> None:
    """Remember something for the next run."""
    con.execute("insert or replace into core.settings values (0, ?, ?)", [name, text])


def begin_import(con: duckdb.DuckDBPyConnection, owner_id: int, version: str) -> int:
    """Write a new run and return its number."""
    (import_id,) = _rows(con, "select coalesce(max(import_id), 0) + 1 from main.imports")[0]
    con.execute(
        "insert into main.imports (import_id, owner_id, started_at, version) values (?, ?, ?, ?)",
        [import_id, owner_id, datetime.now(UTC), version],
    )
    return int(import_id)


def end_import(con: duckdb.DuckDBPyConnection, import_id: int) -> None:
    """Write what a run did, from its files."""
    con.execute(
        """
        update main.imports i
        set finished_at = $now, files = f.files, rows_read = f.rows_read,
            rows_loaded = f.rows_loaded, rows_unchanged = f.rows_unchanged,
            rows_rejected = f.rows_rejected
        from (
            select count(*) as files, sum(rows_read) as rows_read, sum(rows_loaded) as rows_loaded,
                sum(rows_unchanged) as rows_unchanged, sum(rows_rejected) as rows_rejected
            from main.source_files
            where import_id = $id
        ) f
        where i.import_id = $id
        """,
        {"now": datetime.now(UTC), "id": import_id},
    )


def next_file_id(con: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the next file."""
    return int(_rows(con, "select coalesce(max(file_id), 0) + 1 from main.source_files")[0][0])


def write_files(
    con: duckdb.DuckDBPyConnection, import_id: int, files: list[dict[str, Any]]
) -> None:
    """Write what became of the files of a run."""
    rows = [{"import_id": import_id} | file for file in files]
    insert_rows(con, "main.source_files", rows, _FILES)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The row counts of a content that was read before."""

    rows_read: int
    rows_loaded: int
    rows_unchanged: int
    rows_rejected: int
    message: str | None


def earlier_readings(
    con: duckdb.DuckDBPyConnection, owner_id: int
) -> dict[tuple[str, str], Earlier]:
    """Return what was read before for an owner, by importer and digest."""
    rows = _rows(
        con,
        "select f.importer, f.sha256, s.rows_read, s.rows_loaded, s.rows_unchanged,"
        " s.rows_rejected, s.message"
        " from raw.files f join main.source_files s using (file_id) where f.owner_id = ?",
        [owner_id],
    )
    return {(importer, sha256): Earlier(*rest) for importer, sha256, *rest in rows}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A content that was read, so that it need not be read again: a row of ``raw.files``."""

    file_id: int
    owner_id: int
    importer: str
    sha256: str
    as_of: datetime | None
    complete: bool


def remember_files(con: duckdb.DuckDBPyConnection, files: list[ReadFile]) -> None:
    """Remember which contents were read."""
    insert_rows(con, "raw.files", [asdict(file) for file in files], _READ)


def drop_repeated_rejects(con: duckdb.DuckDBPyConnection, import_id: int) -> None:
    """Take back the rejects of files whose content was refused before in the same words."""
    con.execute(
        "delete from main.rejects where file_id in ("
        " select s.file_id from main.source_files s"
        " join main.source_files b on b.sha256 = s.sha256 and b.file_id < s.file_id"
        " join main.rejects r on r.file_id = b.file_id"
        " where s.import_id = ? and s.status = 'failed')",
        [import_id],
    )


def rejects_of(con: duckdb.DuckDBPyConnection, import_id: int) -> list[tuple[str, str, str]]:
    """Return file, place and reason of what one run could not read."""
    return _rows(
        con,
        "select s.path, r.place, r.reason from main.rejects r"
        " join main.source_files s using (file_id) where s.import_id = ?"
        " order by s.file_id, r.place",
        [import_id],
    )
