"""A copy of the published tables for programs that need not know everything.

Without names and texts: what may stay is listed; everything else that is text is left out, so that
a column which is added later is left out too, and people are called by their number. Of one owner:
what the others' exports tell is left out, and so is what rests on all of them together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notworking.live import owners
from notworking.queries import query
from notworking.store import access, connecting, database

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

#: Columns of text that say nothing about who somebody is or what was written.
_PLAIN = frozenset(
    {
        "answer", "card_kind", "channel", "class", "class_now", "class_then", "decided_by",
        "direction", "favour", "field", "importer", "kind", "lang", "move", "relation", "source",
        "sources", "status", "verdict", "version", "why",
    }
)  # fmt: skip
#: Tables that describe the numbers and the questions, and name nobody.
_WHOLE = frozenset({"analyses", "thresholds"})
#: Sentences made of numbers, dates and the names of sources alone.
_SENTENCES = frozenset({("ties", "evidence"), ("drift", "evidence"), ("tie_changes", "evidence")})
#: Shared tables about people as everybody's exports tell them.
_SHARED = re.compile(r"\bmart\.\"?(words|passages|vocabulary|terms)\b")


@dataclass(frozen=True, slots=True)
class Cut:
    """What a copy may hold.

    Attributes:
        owner: What this owner's exports tell alone; None: everybody's.
        is_redacted: No names and no texts.
    """

    owner: str | None = None
    is_redacted: bool = True


def copy(source: Path, target: Path, cut: Cut | None = None) -> None:
    """Write the published tables of a database into a new one, as far as a cut lets them through.

    The copy of an encrypted database is encrypted with the same key.

    Raises:
        UsageError: There is no such owner.
        DatabaseError: The source cannot be used, or the copy cannot be encrypted.
    """
    cut = cut or Cut()
    key = database.key_of(source)
    con = database.connect(source, read_only=True)
    try:
        database.require_current(con)
        names = sorted({str(name) for (name,) in con.execute(query("published")).fetchall()})
        owner_id = owners.chosen(con, cut.owner)
    finally:
        con.close()
    with access.using(access.current()._replace(encrypt=key is not None)):
        made = database.connect(target)
    try:
        catalog = _emptied(made)
        locked = "" if key is None else f", encryption_key {connecting.quoted(key)}"
        made.execute(f"attach {connecting.quoted(str(source))} as told (read_only{locked})")
        made.execute("use told")
        untold = set() if owner_id is None else _of_everybody(made)
        if owner_id is not None:
            owners.narrow(made, owner_id)
        for name in names:
            select = _select(made, name, cut, None if name in untold else owner_id)
            limit = " limit 0" if name in untold else ""
            made.execute(f'create table "{catalog}".main."{name}" as {select}{limit}')
        made.execute(f'create table "{catalog}".mart.now as {_now(owner_id)}')
        made.execute(f'use "{catalog}"')
        made.execute("detach told")
    finally:
        made.close()


def _emptied(con: duckdb.DuckDBPyConnection) -> str:
    """Make a new database without a published table; return the name of its catalogue."""
    database.migrate(con)
    for kind in ("view", "table"):
        names = con.execute(
            f"select {kind}_name from duckdb_{kind}s() where schema_name = 'main'"  # noqa: S608
            " and not internal and database_name = current_database()"
        ).fetchall()
        for (name,) in names:
            con.execute(f'drop {kind} main."{name}"')
    return str(con.execute("select current_database()").fetchall()[0][0])


def _now(owner_id: int | None) -> str:
    where = "" if owner_id is None else f" where owner_id = {owner_id:d}"
    return f"select * from mart.now{where}"  # noqa: S608 (a number)


def _of_everybody(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the views that rest on what the shared tables hold of all owners together."""
    views = dict(
        con.execute(
            "select view_name, sql from duckdb_views()"
            " where schema_name = 'main' and not internal and database_name = 'told'"
        ).fetchall()
    )
    found = {name for name, sql in views.items() if _SHARED.search(sql)}
    more = found
    while more:
        reads = re.compile(rf"\b({'|'.join(sorted(more))})\b")
        more = {name for name, sql in views.items() if name not in found and reads.search(sql)}
        found |= more
    return found


def _select(con: duckdb.DuckDBPyConnection, name: str, cut: Cut, owner_id: int | None) -> str:
    columns = con.execute(f'describe "{name}"').fetchall()
    told = {column for column, *_ in columns}
    parts = [
        _column(name, column, kind, has_person="person_id" in told)
        if cut.is_redacted
        else f'"{column}"'
        for column, kind, *_ in columns
    ]
    mine = owner_id is not None and "owner_id" in told
    where = f" where owner_id = {owner_id:d}" if mine else ""
    return f'select {", ".join(parts)} from "{name}"{where}'  # noqa: S608 (our own names)


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
