"""A database file written anew: no block of it holds what was deleted.

DuckDB marks deleted rows and reuses their blocks later; only a new file is sure to be free of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import duckdb

from notworking.store import connecting, database


def changed_anew(
    path: Path, folder: Path, change: Callable[[duckdb.DuckDBPyConnection], None]
) -> None:
    """Change a database in a copy and put a clean copy of that in its place.

    Until the last step the file is as it was; while it runs, nobody else can open it. A change that
    raises leaves everything as it was.

    Args:
        path: The database.
        folder: A private folder beside it, which the caller removes.
        change: Called with a connection to the copy, inside a transaction.

    Raises:
        DatabaseError: The database cannot be used.
    """
    work, fresh = folder / "work.duckdb", folder / "fresh.duckdb"
    key = database.key_of(path)
    con = database.connect(path)
    try:
        connecting.copy(con, work, key, database.STORAGE)
        changed = database.connect(work)
        try:
            with database.transaction(changed):
                database.migrate(changed)
                change(changed)
            connecting.copy(changed, fresh, key, database.STORAGE)
        finally:
            changed.close()
        con.execute("force checkpoint")
        put(fresh, path)
    finally:
        con.close()


def put(fresh: Path, path: Path) -> None:
    """Put a finished file in the place of another; afterwards it is there even if power fails."""
    with fresh.open("rb") as stream:
        os.fsync(stream.fileno())
    fresh.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
