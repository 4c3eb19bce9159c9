"""Everything that ``export`` hands back, by its format; each format has its own module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from notworking import cards
from notworking.errors import UsageError
from notworking.live import calendar, graph, settings, sheets
from notworking.queries import query
from notworking.store import database


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for beside the format."""

    layout: str | None = None
    owner_id: int | None = None
    only: str | None = None
    with_notes: bool = False
    vcard_version: str = "3.0"


def text(con: duckdb.DuckDBPyConnection, form: str, wanted: Wanted) -> tuple[str, str]:
    """Return a file of one format, and what is in it in words."""
    choice = cards.Choice(wanted.owner_id, wanted.only, wanted.with_notes, wanted.vcard_version)
    match form:
        case "ics":
            made = calendar.text(con, choice)
            return made, f"{made.count('BEGIN:VEVENT'):,} dates"
        case "csv":
            people = cards.people(con, choice)
            return sheets.text(people, wanted.layout or "google"), f"{len(people):,} contacts"
        case "graph":
            found = graph.read(con, choice)
            words = f"{len(found.nodes):,} people and {len(found.edges):,} ties between them"
            return graph.text(found, wanted.layout or "gexf"), words
        case "settings":
            return settings.text(con), "your settings"
        case _:
            made = cards.all_cards(con, choice)
            return made, f"{made.count('BEGIN:VCARD'):,} cards"


def tables(database_path: Path, folder: Path | None) -> str:
    """Write every published table and view as a Parquet file; return what was done.

    Raises:
        UsageError: No folder is named, or it cannot be written.
        DatabaseError: The database cannot be used.
    """
    if folder is None:
        raise UsageError("Parquet is one file a table: name a folder with -o.")
    # The engine writes the files itself, which the connection of the other commands forbids.
    con = database.connect(database_path, read_only=True)
    try:
        database.require_current(con)
        names = sorted({str(name) for (name,) in con.execute(query("published")).fetchall()})
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            _table(con, name, folder / f"{name}.parquet")
    except (OSError, duckdb.IOException) as error:
        raise UsageError(f"{folder} cannot be written: {error}.") from error
    finally:
        con.close()
    return f"Wrote {len(names):,} tables to {folder}."


def _table(con: duckdb.DuckDBPyConnection, name: str, target: Path) -> None:
    target.touch(mode=0o600)
    quoted = str(target).replace("'", "''")
    con.execute(f"copy (from \"{name}\") to '{quoted}' (format parquet, compression zstd)")
    target.chmod(0o600)
