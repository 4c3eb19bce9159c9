"""Forgetting somebody: erased from every table and from the file itself, and kept out from now on.

What others wrote about the person stays in their messages, and is counted. Copies outside the
database (the exports themselves, reports, backups) are the user's to delete.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from notworking import pipeline, who
from notworking.errors import DatabaseError, UsageError
from notworking.output import printable
from notworking.store import forgotten, private, rewrite

if TYPE_CHECKING:
    import duckdb

    from notworking.reading import Progress


def forget(path: Path, whom: str, progress: Progress) -> str:
    """Erase a person and rewrite the file; return what was done.

    Raises:
        UsageError: Nobody or several are meant, or it is the owner.
        DatabaseError: The database cannot be used.
    """
    if not path.exists():
        raise DatabaseError(f"There is no database {path} yet: run 'notworking import' first.")
    said: list[str] = []

    def change(con: duckdb.DuckDBPyConnection) -> None:
        said.append(_forget(con, whom, progress))

    with private.folder_beside(path) as folder:
        rewrite.changed_anew(path, folder, change)
    return said[0]


def _forget(con: duckdb.DuckDBPyConnection, whom: str, progress: Progress) -> str:
    person = who.find(con, whom)
    owner = con.execute(
        "select is_owner from people where person_id = ?", [person.person_id]
    ).fetchall()
    if owner and owner[0][0]:
        raise UsageError("That is you: delete the database file to be forgotten yourself.")
    erased = forgotten.erase(con, person.person_id)
    latest = con.execute("select coalesce(max(import_id), 0) from imports").fetchall()[0][0]
    pipeline.rebuild(con, latest, progress)
    lines = [
        f"Forgot {printable(person.name)}: {erased.entries:,} entries and {erased.events:,} "
        "messages and other events are gone, from the file as well. Later imports keep them out."
    ]
    if erased.namesakes:
        lines.append(
            "Somebody else of the same name stays, so rows that have only the name are still read."
        )
    mentions = _mentions(con, person.name)
    if mentions:
        lines.append(f"{mentions:,} messages with others still mention the name.")
    lines.append("Delete the exports, reports and backups that name them yourself.")
    return "\n".join(lines)


def _mentions(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """Return how many messages of others hold a name of at least two words."""
    if " " not in name.strip():
        return 0
    rows = con.execute(
        "select count(*) from raw.events where contains(lower(text), lower(?))", [name.strip()]
    ).fetchall()
    return int(rows[0][0])
