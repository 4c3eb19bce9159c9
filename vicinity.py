"""The vicinity of a run: the rows that it could have changed, apart from all others.

What is derived, is derived by statements that read and write whole tables. The same statements
derive the few rows that a small import can have changed, where they are pointed at temporary tables
of the same names that hold the vicinity alone; what they find is then put in the place of the old
rows. Which rows are the vicinity is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_TABLE = re.compile(
    r"(?P<before>\b(?:delete\s+)?(?:from|join)\s+)?"
    r"\b(?P<schema>raw|core|main|mart)\.\"?(?P<name>\w+)\"?(?!\w*\s*\()"
    r"(?=\s*(?:as\s+)?(?P<next>[\w.]*))",
    re.I,
)
#: What can follow a table that was given no other name.
_NO_NAME = frozenset(
    (
        *("anti", "asof", "cross", "except", "full", "group", "having", "inner", "intersect"),
        *("join", "left", "limit", "natural", "on", "order", "positional", "qualify", "right"),
        *("semi", "set", "union", "using", "where", "window"),
    )
)


def near(text: str, tables: Collection[str], before: str = "") -> str:
    """Return statements that read and write the vicinity in place of the tables named.

    Args:
        text: Statements that name tables with their schema.
        tables: Names with schema, as ``core.interactions``; the vicinity of each is the temporary
            table of that whole name.
        before: What the names of the temporary tables have before that.
    """
    return _TABLE.sub(partial(_near, tables, before), text)


def _near(tables: Collection[str], prefix: str, match: re.Match[str]) -> str:
    schema, name, before = match["schema"], match["name"], match["before"] or ""
    if f"{schema}.{name}".lower() not in tables:
        return match[0]
    is_read = before and not before.lower().startswith("delete")
    is_named = match["next"] and match["next"].lower() not in _NO_NAME
    known_as = f" as {name}" if is_read and not is_named else ""
    return f'{before}temp."{prefix}{schema}.{name}"{known_as}'


def gather(con: duckdb.DuckDBPyConnection, table: str, where: str, before: str = "") -> None:
    """Make the vicinity of a table, or make it anew: its rows of which ``where`` holds.

    ``before`` stands before its name, as in ``near``.
    """
    con.execute(
        f'create or replace temp table "{before}{table}" as select t.* from {table} t where {where}'
    )


def put_back(con: duckdb.DuckDBPyConnection, table: str, where: str) -> bool:
    """Put the vicinity in the place of the rows of which ``where`` holds, as far as they differ.

    Rows are compared as wholes and counted, since a table may hold one twice.

    Returns:
        Whether anything differed.
    """
    con.execute(
        f"""
        create or replace temp table differing as
        with old as (
            select hash(t) as row_hash, count(*) as rows from {table} t where {where} group by all
        ),
        new as (
            select hash(t) as row_hash, count(*) as rows from temp."{table}" t where {where}
            group by all
        )
        select row_hash
        from old full join new using (row_hash)
        where old.rows is distinct from new.rows
        """
    )
    if con.execute("select count(*) from differing").fetchall() == [(0,)]:
        return False
    con.execute(
        f"""
        delete from {table} where rowid in (
            select t.rowid from {table} t where {where} and hash(t) in (from differing));
        insert into {table} by name
        select * from temp."{table}" t where {where} and hash(t) in (from differing);
        """
    )
    return True
