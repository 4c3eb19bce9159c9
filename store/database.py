"""The database file: open it for writing or reading, and bring its schema up to date.

Written so that DuckDB 1.4 and later can open it. Nothing here touches the network: extensions are
neither installed nor loaded on demand.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb

from notworking.errors import DamagedError, DatabaseError, LockedError, NewerError

#: DuckDB 2.0 otherwise writes files that no 1.x program can open.
STORAGE = "v1.4.0"
_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


def migrations() -> list[tuple[int, str]]:
    """Return the numbered schema files, in order: number and SQL."""
    found = []
    for entry in files("notworking.store").joinpath("schema").iterdir():
        hit = re.match(r"(\d{4})_\w+\.sql$", entry.name)
        if hit:
            found.append((int(hit[1]), entry.read_text(encoding="utf-8")))
    return sorted(found)


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open the database; a file that is created is readable by its owner alone.

    Raises:
        LockedError: Another process holds it.
        DamagedError: It is no database, or a broken one.
        DatabaseError: It does not exist (reading), or its folder cannot be written.
    """
    if read_only and not path.exists():
        raise DatabaseError(f"There is no database {path} yet: run 'notworking import' first.")
    config: dict[str, str | bool | int | float | list[str]] = {**_SETTINGS}
    if not read_only:
        config["storage_compatibility_version"] = STORAGE
    old_mask = os.umask(0o077)
    try:
        con = duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as error:
        raise _explain(path, error) from error
    except OSError as error:
        raise DatabaseError(f"{path} cannot be opened: {error.strerror}.") from error
    finally:
        os.umask(old_mask)
    con.execute("set TimeZone = 'UTC'")
    if not read_only:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        con.execute("set preserve_insertion_order = false")
    return con


def _explain(path: Path, error: duckdb.Error) -> DatabaseError:
    text = str(error)
    if "lock" in text.lower():
        holder = re.search(r"PID (\d+)", text)
        who = f"process {holder[1]}" if holder else "another process"
        return LockedError(
            f"{path} is in use by {who}. Close the other program (a second notworking, "
            "an open duckdb shell) and run the command again."
        )
    if "newer version" in text or "storage version" in text.lower():
        return NewerError(f"{path} was written by a newer DuckDB: upgrade notworking.")
    if isinstance(error, duckdb.IOException) and "valid" not in text:
        return DatabaseError(f"{path} cannot be opened: {text.splitlines()[0]}")
    return DamagedError(
        f"{path} is not a database of notworking, or it is damaged. "
        "Move it away and import your exports again."
    )


def schema_version(con: duckdb.DuckDBPyConnection) -> int:
    """Return the schema version of an open database; 0 for an empty one.

    Raises:
        DamagedError: It is a database, but not one of notworking.
    """
    tables = con.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where not internal"
    ).fetchall()
    names = {name for (name,) in tables}
    if "core.schema_version" not in names:
        if names:
            raise DamagedError(
                "This DuckDB file belongs to something else: it holds no notworking tables. "
                "Name another file with --db."
            )
        return 0
    rows = con.execute("select max(version) from core.schema_version").fetchall()
    if rows[0][0] is None:
        raise DamagedError("This database does not say which schema it has: it is damaged.")
    return int(rows[0][0])


def require_current(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse a database that this version of notworking cannot use.

    Raises:
        NewerError: A newer notworking wrote it.
        DatabaseError: It needs a migration, which only a writing command makes.
    """
    newest = migrations()[-1][0]
    version = schema_version(con)
    if version > newest:
        raise NewerError(
            f"This database has schema {version}, and this notworking knows {newest}: upgrade it."
        )
    if version < newest:
        raise DatabaseError("This database is older: run 'notworking import' once to upgrade it.")


def migrate(con: duckdb.DuckDBPyConnection) -> None:
    """Apply the schema files that are missing, inside the caller's transaction.

    Raises:
        NewerError: A newer notworking wrote the database.
        DamagedError: It is a database, but not one of notworking.
    """
    version = schema_version(con)
    newest = migrations()[-1][0]
    if version > newest:
        raise NewerError(
            f"This database has schema {version}, and this notworking knows {newest}: upgrade it."
        )
    for number, sql in migrations():
        if number > version:
            con.execute(sql)
            con.execute("insert into core.schema_version values (?)", [number])


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run a block as one transaction: all of it is seen, or nothing."""
    con.execute("begin transaction")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")
