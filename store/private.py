"""Private folders beside the database, and the removal of those that a dead run left behind."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from notworking.errors import DatabaseError

if TYPE_CHECKING:
    import duckdb

#: What the engine holds in memory of a run that writes, before it goes to the private folder: with
#: 1 GB, 10,000,000 messages do not fit; with this, they take less than 2 GB in all.
MEMORY_LIMIT = "1400MB"
_NAME = re.compile(r"\.notworking-(\d+)-\w+$")


@contextmanager
def folder_beside(database: Path) -> Iterator[Path]:
    """Make a folder that only its owner can enter, for as long as the block runs.

    Raises:
        DatabaseError: The folder of the database cannot be written.
    """
    sweep(database.parent)
    try:
        made = tempfile.TemporaryDirectory(
            prefix=f".notworking-{os.getpid()}-", dir=database.parent, ignore_cleanup_errors=True
        )
    except OSError as error:
        raise DatabaseError(
            f"{database.parent} cannot be written ({error.strerror}): "
            "name a database in another folder with --db."
        ) from error
    with made as name:
        yield Path(name)


@contextmanager
def workspace(con: duckdb.DuckDBPyConnection, database: Path) -> Iterator[Path]:
    """Give the engine a private folder for what does not fit ``MEMORY_LIMIT``, and return it.

    Raises:
        DatabaseError: The folder of the database cannot be written.
    """
    with folder_beside(database) as folder:
        con.execute("set temp_directory = $folder", {"folder": str(folder)})
        con.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        yield folder


def sweep(folder: Path) -> None:
    """Remove the private folders of processes that are gone."""
    try:
        found = [path for path in folder.iterdir() if _NAME.match(path.name)]
    except OSError:
        return
    for path in found:
        hit = _NAME.match(path.name)
        if hit and path.is_dir() and not path.is_symlink() and not _alive(int(hit[1])):
            shutil.rmtree(path, ignore_errors=True)


def _alive(pid: int) -> bool:
    if os.name != "posix":
        # Asking whether a process lives would end it there.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
