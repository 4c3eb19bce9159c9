"""A copy of the published tables without names and texts, for programs that need not know them.

What may stay is listed; everything else that is text is left out, so that a column which is added
later is left out too. People are called by their number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notworking.queries import query
from notworking.store import database

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

#: Columns of text that say nothing about who somebody is or what was written.
_PLAIN = frozenset(
    {
        "answer", "card_kind", "channel", "class", "decided_by", "direction", "favour", "field",
        "importer", "kind", "lang", "move", "relation", "source", "sources", "status", "verdict",
        "version", "why",
    }
)  # fmt: skip
#: Tables that describe the numbers and the questions, and name nobody.
_WHOLE = frozenset({"analyses", "thresholds"})
#: Sentences made of numbers, dates and the names of sources alone.
_SENTENCES = frozenset({("ties", "evidence"), ("drift", "evidence")})


def copy(source: Path, target: Path) -> None:
    """Write the published tables of a database into a new one, without names and texts.

    Raises:
        DatabaseError: The source cannot be used.
    """
    con = database.connect(source, read_only=True)
    try:
        database.require_current(con)
        names = sorted({str(name) for (name,) in con.execute(query("published")).fetchall()})
        selects = {name: _select(con, name) for name in names}
    finally:
        con.close()
    made = database.connect(target)
    try:
        database.migrate(made)
        made.execute("attach $path as told (read_only)", {"path": str(source)})
        views = {
            name
            for (name,) in made.execute(
                "select view_name from duckdb_views()"
                " where not internal and database_name = current_database()"
            ).fetchall()
        }
        for name, select in selects.items():
            made.execute(f'drop {"view" if name in views else "table"} if exists main."{name}"')
            made.execute(f'create table main."{name}" as {select}')
        made.execute("create table mart.now as from told.mart.now")
        made.execute("detach told")
    finally:
        made.close()


def _select(con: duckdb.DuckDBPyConnection, name: str) -> str:
    columns = con.execute(f'describe main."{name}"').fetchall()
    has_person = any(column == "person_id" for column, *_ in columns)
    parts = [_column(name, column, kind, has_person=has_person) for column, kind, *_ in columns]
    return f'select {", ".join(parts)} from told.main."{name}"'  # noqa: S608 (our own names)


def _column(table: str, column: str, kind: str, *, has_person: bool) -> str:
    """Return what stands for one column of the copy."""
    told = "VARCHAR" in kind or "BLOB" in kind or "JSON" in kind
    if not told or table in _WHOLE or column in _PLAIN or (table, column) in _SENTENCES:
        return f'"{column}"'
    if column in ("name", "full_name") and has_person:
        return f"'Person ' || person_id as \"{column}\""
    if (table, column) == ("owners", "name"):
        return "'Owner ' || owner_id as name"
    if column == "source_key":
        return "contact_id::varchar as source_key"
    return f'null::{kind} as "{column}"'
