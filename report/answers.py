"""What the database answers: the published analyses with their words, for one owner.

Only reads. Which analyses there are is asked of the database, so that one added later shows by
itself. Nothing is hidden here; that is the veil's part, which every row passes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

from notworking.errors import UsageError
from notworking.queries import query

Row = dict[str, Any]
#: Rows of one analysis that the page holds; the SQL beside it has them all.
ROW_LIMIT = 400
#: How people read answers that come in no order of their own.
ORDERS = {
    "favours": '"at" desc, person_id, direction, favour, hint_id',
    "past_ties": "back, strength desc, person_id",
    "who_could_help": "answers_you desc, knows_you desc, knows_it desc, term, place",
}
#: These are searched, so more of them are held.
SEARCHED = {"who_could_help": 2500, "who_knows": 2500, "warm_paths": 2500}


@dataclass(frozen=True, slots=True)
class Answer:
    """One analysis with its rows.

    Attributes:
        columns: Name to meaning, in order.
        rows: The first rows, as dictionaries.
        total: How many rows there are altogether.
    """

    name: str
    question: str
    source: str
    limits: str | None
    columns: dict[str, str]
    rows: list[Row]
    total: int

    def has(self, *names: str) -> bool:
        """Tell whether the answer has all these columns."""
        return all(name in self.columns for name in names)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose network the page shows."""

    owner_id: int
    name: str | None


@cache
def sql(name: str) -> str:
    """Return a query of the report by its name."""
    return files("notworking.report").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")


def published(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the names of everything in ``main``."""
    return {name for (name,) in con.execute(query("published")).fetchall()}


def owner(con: duckdb.DuckDBPyConnection, wanted: str | None) -> Owner:
    """Return the owner of that name, or the first.

    Raises:
        UsageError: There is none yet, or none of that name.
    """
    found = [Owner(*row) for row in con.execute(sql("owners")).fetchall()]
    if not found:
        raise UsageError("Nothing was imported yet: 'notworking import PATH' comes first.")
    if wanted is None:
        return found[0]
    for one in found:
        if one.name and one.name.casefold() == wanted.casefold():
            return one
    names = ", ".join(one.name or f"owner {one.owner_id}" for one in found)
    raise UsageError(f"There is no owner '{wanted}'; there is {names}.")


def rows(con: duckdb.DuckDBPyConnection, select: str, values: Row | None = None) -> list[Row]:
    """Return the answer to a query as dictionaries."""
    cursor = con.execute(select, values or {})
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def read(
    con: duckdb.DuckDBPyConnection, owner_id: int, veiled: Callable[[str, Row], Row]
) -> list[Answer]:
    """Return every analysis that the database lists, rows passed through the veil."""
    meanings = _meanings(con)
    texts = dict(con.execute(sql("view_texts")).fetchall())
    return [
        _answer(
            con,
            one | {"ordered": is_ordered(texts.get(one["name"], ""))},
            owner_id,
            meanings.get(one["name"], {}),
            veiled,
        )
        for one in rows(con, sql("analyses"))
    ]


def _answer(
    con: duckdb.DuckDBPyConnection,
    listed: Row,
    owner_id: int,
    columns: dict[str, str],
    veiled: Callable[[str, Row], Row],
) -> Answer:
    name = listed["name"]
    mine = " where owner_id = $owner" if "owner_id" in columns else ""
    values: Row = {"owner": owner_id} if mine else {}
    whole = '"' + name.replace('"', '""') + f'"{mine}'
    order = "" if listed["ordered"] else f" order by {ORDERS.get(name, 'all')}"
    most = SEARCHED.get(name, ROW_LIMIT)
    # One row more than the page holds tells whether the rest is worth counting.
    found = rows(con, f"select * from {whole}{order} limit {most + 1}", values)  # noqa: S608 (a listed view)
    total = len(found)
    if total > most:
        counted = con.execute(f"select count(*) from {whole}", values).fetchall()  # noqa: S608 (a listed view)
        total = counted[0][0]
    return Answer(
        name,
        listed["question"],
        listed["source"],
        listed["limits"],
        columns,
        [veiled(name, row) for row in found[:most]],
        total,
    )


def is_ordered(select: str) -> bool:
    """Tell whether a query says in which order its rows come.

    The last ``order by`` counts if no bracket around it is closed after it.
    """
    _, found, tail = select.lower().rpartition("order by")
    depth = 0
    for sign in tail:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return bool(found)


def _meanings(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for view, column, meaning in con.execute(sql("columns")).fetchall():
        found.setdefault(view, {})[column] = meaning or ""
    return found
