"""Dismissing hints: the user's "not so", kept for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from notworking.curate import writing
from notworking.errors import UsageError
from notworking.output import printable
from notworking.store import hints

if TYPE_CHECKING:
    import duckdb


def dismiss(path: Path, hint: str, *, undo: bool) -> str:
    """Dismiss a hint, or take that back; return what was done.

    Args:
        path: The database.
        hint: The ``hint_id``, or its first digits if they tell it from all others.
        undo: Take an earlier dismissal back.

    Raises:
        UsageError: No hint is meant, or several are.
    """
    with writing(path) as con:
        hint_id, kind, words, name = _find(con, hint)
        (hints.restore if undo else hints.dismiss)(con, hint_id)
    done = "counts again" if undo else "is dismissed"
    return f"'{printable(words)}' ({kind}, {printable(name)}) {done}."


def _find(con: duckdb.DuckDBPyConnection, hint: str) -> tuple[int, str, str, str]:
    rows = con.execute(
        "select h.hint_id, h.kind, h.words, coalesce(p.name, '(no name)')"
        " from hints h left join people p using (person_id)"
        " where starts_with(h.hint_id::varchar, $hint)"
        " order by h.hint_id::varchar <> $hint, h.hint_id limit 2",
        {"hint": hint},
    ).fetchall()
    if not rows or not hint.isdecimal():
        raise UsageError(f"There is no hint {hint}: the column hint_id of an analysis names them.")
    if len(rows) > 1 and str(rows[0][0]) != hint:
        raise UsageError(f"Several hints begin with {hint}: give more digits of the hint_id.")
    hint_id, kind, words, name = rows[0]
    return int(hint_id), str(kind), str(words), str(name)
