"""Filling the pool: one task per export, each the ordinary import into a database of its own.

The tasks run wherever Spark puts them; all they need is the export and the pool at the same paths.
An export that cannot be read is told and leaves the others alone.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from notworking.errors import NotworkingError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_COLUMNS = ("owner_id", "name", "path")


@dataclass(frozen=True, slots=True)
class Export:
    """What one owner handed in.

    Attributes:
        owner_id: The owner's number in the pool, never to be given to anybody else.
        name: The owner's name.
        path: The export: a file, a folder or a zip.
    """

    owner_id: int
    name: str
    path: Path


def read_roster(roster: Path) -> list[Export]:
    """Return the exports that a CSV file with the columns owner_id, name and path lists.

    Paths are relative to the roster.

    Raises:
        UsageError: It cannot be read, or two rows have one number.
    """
    try:
        with roster.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        exports = [
            Export(int(row["owner_id"]), row["name"], roster.parent / row["path"]) for row in rows
        ]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{roster} cannot be read as a list of exports ({error!r}): "
            f"it needs the columns {', '.join(_COLUMNS)}."
        ) from error
    numbers = [one.owner_id for one in exports]
    if not numbers or min(numbers) < 1 or len(set(numbers)) < len(numbers):
        raise UsageError(f"{roster}: every row needs an owner_id of its own, from 1 on.")
    return exports


def gather(spark: SparkSession, exports: Sequence[Export], pool: Path) -> dict[int, str]:
    """Import every export into the pool; return what went wrong, by owner."""
    tasks = spark.sparkContext.parallelize(list(exports), max(len(exports), 1))
    told = tasks.map(lambda one: (one.owner_id, take_in(one, pool))).collect()
    return {owner: trouble for owner, trouble in sorted(told) if trouble}


def take_in(export: Export, pool: Path) -> str:
    """Import one export into the pool; return what went wrong, if anything did."""
    # A worker imports what a small command on the driver never needs.
    from notworking.pipeline import Options, import_paths
    from notworking.progress import Silent
    from notworking.scale.pool import unload

    pool.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=pool) as scratch:
        database = Path(scratch) / "network.duckdb"
        try:
            _enrol(export, database)
            import_paths([export.path], database, Options(owner=export.name), Silent())
            unload(database, pool, f"{export.owner_id:08}", export.owner_id)
        except NotworkingError as error:
            return str(error)
    return ""


def _enrol(export: Export, path: Path) -> None:
    """Make a database in which the owner has its number in the pool: every other number holds it.

    Contacts and events are numbered by owner, source and key, so that those of two owners differ.
    """
    from notworking.store import database

    con = database.connect(path)
    try:
        with database.transaction(con):
            database.migrate(con)
            con.execute(
                "insert into main.owners values ($id, $name, true)",
                {"id": export.owner_id, "name": export.name},
            )
    finally:
        con.close()
