"""Taking an import back, as if it had never been made.

What the user said meanwhile (decisions, tags, notes) is kept, and waits for its contacts to return.
Erasing somebody for good is another thing: see ``forget``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from notworking import pipeline
from notworking.curate import writing
from notworking.errors import UsageError
from notworking.store import unload

if TYPE_CHECKING:
    import duckdb

    from notworking.reading import Progress


def undo(path: Path, import_id: int | None, progress: Progress) -> str:
    """Take the latest import back, or the one named; return what was done.

    Raises:
        UsageError: There is no such import, or it cannot be told what only it showed.
        DatabaseError: The database cannot be used.
    """
    with writing(path) as con:
        taken = unload.take_back(con, _chosen(con, import_id))
        pipeline.rebuild(con, taken.latest, progress)
    left = f"The latest is now import {taken.latest}." if taken.latest else "No import is left."
    return (
        f"Took back import {taken.import_id} of {taken.started_at:%Y-%m-%d %H:%M} UTC: "
        f"{taken.files:,} files, {taken.rows:,} rows that were new. {left}"
    )


def _chosen(con: duckdb.DuckDBPyConnection, import_id: int | None) -> int:
    known = unload.imports(con)
    if not known:
        raise UsageError("Nothing was imported yet: there is nothing to take back.")
    if import_id is None:
        return known[-1]
    if import_id not in known:
        raise UsageError(f"There is no import {import_id}: see 'notworking imports'.")
    if import_id < unload.traceable_from(con) and import_id != known[-1]:
        raise UsageError(
            f"Import {import_id} was made by an older notworking, which did not note what later "
            "exports showed again. Take back the later ones first, or import your exports into "
            "a new database."
        )
    return import_id
