"""Asking the database: a read-only connection, and the questions the command line knows by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from notworking import output
from notworking.errors import UsageError
from notworking.queries import query
from notworking.store import database

#: What is not ordered by itself and has a first row that people expect.
_ORDERS = {"ties": "owner_id, strength desc, person_id", "people": "name, person_id"}


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
    output.write(con, _limited(query(name), limit), None, form, target)


def show(
    con: duckdb.DuckDBPyConnection, name: str, limit: int | None, form: str, target: Path | None
) -> None:
    """Write one analysis, table or view in ``main``.

    Raises:
        UsageError: There is none of that name.
    """
    rows = con.execute(query("published")).fetchall()
    known = sorted(n for (n,) in rows)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise UsageError(f"There is no analysis '{name}'.{hint} See 'notworking analyses'.")
    order = f" order by {_ORDERS[name]}" if name in _ORDERS else ""
    select = f'select * from "{name}"{order}'  # noqa: S608 (a name from the list above)
    output.write(con, _limited(select, limit), None, form, target)


def run(con: duckdb.DuckDBPyConnection, sql: str, form: str, target: Path | None) -> None:
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
    return sql if limit is None else f"{sql} limit {max(limit, 0)}"
