"""The database file: open it for writing or reading, and bring its schema up to date.

Written so that DuckDB 1.4 and later can open it. Nothing here touches the network: extensions are
neither installed nor loaded on demand.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

import duckdb

from notworking.errors import DamagedError, DatabaseError, LockedError, NewerError
from notworking.store import access, connecting

#: DuckDB 2.0 otherwise writes files that no 1.x program can open.
STORAGE = "v1.4.0"
#: Seconds between two looks at a database that somebody else holds.
_PAUSE = 0.1
#: Bytes of the file's main header that say whether it is encrypted.
_HEADER = 52
_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    # A table takes at least one block a column or two, and there are many small ones: blocks of the
    # engine's usual 256 KiB would make the file a quarter larger.
    "default_block_size": "65536",
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

    While another process holds it, this waits as long as ``access`` says.

    Raises:
        LockedError: Another process holds it.
        DamagedError: It is no database, or a broken one.
        DatabaseError: It does not exist (reading), or its folder cannot be written.
    """
    if read_only and not path.exists():
        raise DatabaseError(f"There is no database {path} yet: run 'notworking import' first.")
    # The engine makes further files beside it later on: its log, and what memory cannot hold.
    os.umask(0o077)
    try:
        key = key_of(path)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be opened: {error.strerror}.") from error
    con = _patiently(path, key, read_only=read_only)
    try:
        con.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        if not read_only:
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
            con.execute("set preserve_insertion_order = false")
            _back_up(con, path, key)
    except BaseException:
        con.close()
        raise
    return con


def _back_up(con: duckdb.DuckDBPyConnection, path: Path, key: str | None) -> None:
    """Keep a copy of a database of an older schema, before anything changes it."""
    version = schema_version(con)
    kept = path.with_name(f"{path.name}.backup-{version}")
    if not 0 < version < migrations()[-1][0] or kept.exists():
        return
    part = path.with_name(f"{kept.name}.part")
    part.unlink(missing_ok=True)
    try:
        connecting.copy(con, part, key, STORAGE)
    except duckdb.Error as error:
        part.unlink(missing_ok=True)
        raise connecting.fault(error) from error
    part.replace(kept)


def key_of(path: Path) -> str | None:
    """Return the key of a database file; None if it is plain, or there is none yet.

    Not to be called while this process holds the file: closing it would give up the engine's lock.
    """
    how = access.current()
    if how.encrypt or (path.exists() and is_encrypted(path)):
        return how.key()
    return None


def _patiently(path: Path, key: str | None, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    patience = access.current()
    end = time.monotonic() + patience.wait
    told = False
    while True:
        try:
            return _open(path, key, read_only=read_only)
        except LockedError as error:
            left = end - time.monotonic()
            if left <= 0:
                raise
            if not told:
                who = connecting.holder(str(error.__cause__))
                patience.tell(f"{path} is in use by {who}: waiting up to {patience.wait:g} s.")
                told = True
            time.sleep(min(_PAUSE, left))


def _open(path: Path, key: str | None, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    config: connecting.Config = {**_SETTINGS}
    if not read_only:
        config["storage_compatibility_version"] = STORAGE
    try:
        if key is not None:
            return connecting.encrypted(path, key, read_only=read_only, config=config)
        return connecting.plain(path, read_only=read_only, config=config)
    except duckdb.Error as error:
        raise connecting.explain(path, error) from error
    except OSError as error:
        raise DatabaseError(f"{path} cannot be opened: {error.strerror}.") from error


def is_encrypted(path: Path) -> bool:
    """Tell whether a database file is encrypted, from its header."""
    with path.open("rb") as stream:
        head = stream.read(_HEADER)
    # Magic bytes, 8 bytes of format version, then 4 words of flags, of which bit 0 is encryption.
    return head[8:12] == b"DUCK" and len(head) == _HEADER and bool(head[20] & 1)


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
        con.execute("commit")
    except BaseException as error:
        # After a fault of the disk the engine has rolled back itself, and says so.
        with suppress(duckdb.Error):
            con.execute("rollback")
        if access.is_interrupt(error):
            raise KeyboardInterrupt from error
        if isinstance(error, connecting.FAULTS) or connecting.is_full(error):
            raise connecting.fault(error) from error
        raise
