"""Asking the database: a read-only connection, and the questions the command line knows by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from notworking import output
from notworking.errors import UsageError
from notworking.store import database

_NAMED = {
    "analyses": "select name, question, source from analyses order by name",
    "imports": """
        select import_id, o.name as owner, started_at, files, rows_read, rows_loaded,
            rows_unchanged, rows_rejected
        from imports i left join owners o using (owner_id)
        order by import_id""",
    "files": """
        select import_id, path, kind, status, rows_read, rows_loaded, rows_unchanged,
            rows_rejected, message
        from source_files
        order by file_id""",
    "rejects": """
        select s.path, r.place, r.reason, r.raw
        from rejects r join source_files s using (file_id)
        order by s.file_id, r.place""",
}


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database for reading: no query can write, reach other files or the network.

    Raises:
        DatabaseError: It cannot be used.
    """
    con = database.connect(path, read_only=True)
    try:
        database.require_current(con)
        con.execute("set enable_external_access = false")
        con.execute("set lock_configuration = true")
        yield con
    finally:
        con.close()


def named(
    con: duckdb.DuckDBPyConnection,
    name: str,
    form: str,
    target: Path | None,
    limit: int | None = None,
) -> None:
    """Write the answer to one of the questions that are commands of their own."""
    output.write(con, _limited(_NAMED[name], limit), None, form, target)


def show(
    con: duckdb.DuckDBPyConnection, name: str, limit: int | None, form: str, target: Path | None
) -> None:
    """Write one analysis, table or view in ``main``.

    Raises:
        UsageError: There is none of that name.
    """
    rows = con.execute(
        "select view_name from duckdb_views() where schema_name = 'main' and not internal"
        " union select table_name from duckdb_tables() where schema_name = 'main'"
    ).fetchall()
    known = sorted(n for (n,) in rows)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise UsageError(f"There is no analysis '{name}'.{hint} See 'notworking analyses'.")
    output.write(con, _limited(f'select * from "{name}"', limit), None, form, target)  # noqa: S608 (a name from the list above)


def query(con: duckdb.DuckDBPyConnection, sql: str, form: str, target: Path | None) -> None:
    """Write the answer to the user's own query.

    Raises:
        UsageError: The query is no single statement, or the engine refuses it.
    """
    try:
        statements = con.extract_statements(sql)
        if len(statements) != 1:
            raise UsageError(f"Give one query; these are {len(statements)}.")
        output.write(con, sql, None, form, target)
    except duckdb.Error as error:
        raise UsageError(f"The query failed: {error}") from error


def save(target: Path, text: str) -> None:
    """Write a text file that only its owner can read.

    Raises:
        UsageError: It cannot be written.
    """
    try:
        with output.private_file(target) as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}.") from error


def _limited(sql: str, limit: int | None) -> str:
    return sql if limit is None else f"select * from ({sql}) limit {max(limit, 0)}"  # noqa: S608 (our own SQL and a number)


def rows(con: duckdb.DuckDBPyConnection, sql: str, values: list[Any] | None = None) -> list[Any]:
    """Return the rows of a query."""
    return con.execute(sql, values or []).fetchall()
