"""The engine on a database file: plain or encrypted, and what its refusals mean.

Without the engine's own cryptography module (its extension httpfs) an encrypted file can be read
and not written. The engine has a switch to write one with a weaker module; it is not used, since a
file that only looks safe is worse than a plain one.
"""

from __future__ import annotations

import errno
import re
from importlib.util import find_spec
from pathlib import Path

import duckdb

from notworking.errors import DamagedError, DatabaseError, LockedError, NewerError

Config = dict[str, str | bool | int | float | list[str]]

#: Errors of the engine that end a run, whatever was being done: disk, memory, a broken file, and
#: the aborted transaction that any of them leaves.
FAULTS = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.OutOfMemoryException,
    duckdb.TransactionException,
)
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_UNTOUCHED = "The database is as it was before."


def plain(path: Path, *, read_only: bool, config: Config) -> duckdb.DuckDBPyConnection:
    """Open a database that is not encrypted."""
    return duckdb.connect(str(path), read_only=read_only, config=config)


def encrypted(
    path: Path, key: str, *, read_only: bool, config: Config
) -> duckdb.DuckDBPyConnection:
    """Open an encrypted database, or make one.

    Raises:
        DatabaseError: It is to be written, and the cryptography module is not installed.
    """
    con = duckdb.connect(":memory:", config=config)
    try:
        if not read_only:
            _load_cryptography(con)
        storage = config.get("storage_compatibility_version")
        mode = "read_only" if read_only else f"storage_version {quoted(str(storage))}"
        con.execute(f"attach {quoted(str(path))} as network (encryption_key {quoted(key)}, {mode})")
        con.execute("use network")
    except BaseException:
        con.close()
        raise
    return con


def _load_cryptography(con: duckdb.DuckDBPyConnection) -> None:
    module = _cryptography()
    try:
        con.execute("load httpfs" if module is None else f"load {quoted(str(module))}")
    except duckdb.Error as error:
        raise DatabaseError(
            f"DuckDB {duckdb.__version__} reads encrypted databases, but writes them only with its "
            "extension 'httpfs' (it holds the cryptography). Install a DuckDB and the extension "
            "that belongs to it with 'pip install \"notworking[encryption]\"' and run the command "
            "again. Until then keep the plain database on an encrypted disk. Nothing was written."
        ) from error


def _cryptography() -> Path | None:
    """Return the extension that came as a Python package, if it is for this very engine."""
    package = find_spec("duckdb_extension_httpfs")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent / "extensions" / f"v{duckdb.__version__}"
    module = folder / "httpfs.duckdb_extension"
    return module if module.is_file() else None


def copy(con: duckdb.DuckDBPyConnection, target: Path, key: str | None, storage: str) -> None:
    """Copy an open database into a new file, encrypted with the same key if it is."""
    name = con.execute("select current_database()").fetchall()[0][0]
    locked = f", encryption_key {quoted(key)}" if key is not None else ""
    con.execute(
        f"attach {quoted(str(target))} as copied (storage_version {quoted(storage)}{locked})"
    )
    con.execute(f'copy from database "{name}" to copied')
    con.execute("detach copied")
    target.chmod(0o600)


def quoted(text: str) -> str:
    """Return a text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def explain(path: Path, error: duckdb.Error) -> DatabaseError:
    """Return what the engine's refusal to open a file means for people."""
    text = str(error)
    for part, meaning in _KEY_ERRORS:
        if part in text:
            return DatabaseError(meaning.format(path=path))
    if "lock" in text.lower():
        return LockedError(
            f"{path} is in use by {holder(text)}. Close the other program (a second notworking, "
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


_KEY_ERRORS = (
    ("Wrong encryption key", "This is not the key of {path}."),
    (
        "without a key",
        "{path} is encrypted: give its key with --key-file or in $NOTWORKING_KEY.",
    ),
    (
        "is not encrypted",
        "{path} is not encrypted, and a key was given. To encrypt, import your exports into a new "
        "database with --encrypt.",
    ),
)


def holder(text: str) -> str:
    """Name the process that a lock error speaks of: its number and, on Linux, its command."""
    hit = re.search(r"PID (\d+)", text)
    if hit is None:
        return "another process"
    try:
        command = Path(f"/proc/{hit[1]}/comm").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return f"process {hit[1]}"
    name = "".join(c for c in command if c.isprintable())
    return f"process {hit[1]} ({name})"


def is_full(error: BaseException) -> bool:
    """Tell whether an error comes of a full disk."""
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, OSError) and at.errno in _NO_SPACE:
            return True
        if isinstance(at, duckdb.Error) and "No space left" in str(at):
            return True
        at = at.__cause__ or at.__context__
    return False


def fault(error: BaseException) -> DatabaseError:
    """Return what an error amid the work means for people."""
    if is_full(error):
        return DatabaseError(
            f"The disk is full. {_UNTOUCHED} Free some space (about three times the size of the "
            "exports), or name a database on another disk with --db."
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return DatabaseError(
            f"Memory does not suffice. {_UNTOUCHED} Close other programs, or import the exports "
            "one after the other."
        )
    return DatabaseError(
        f"The database cannot be written: {str(error).splitlines()[0]}. {_UNTOUCHED}"
    )
