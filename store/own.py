"""What the user knows and decides: tags, notes, who is one person and who is not.

Decisions stand on contacts, whose ids come from the natural keys of the exports; so they outlive
re-imports, merges and splits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import duckdb


def anchor(con: duckdb.DuckDBPyConnection, person_id: int) -> int | None:
    """Return the contact that stands for a person: the one most was said to, else the first."""
    rows = con.execute(
        """
        select c.contact_id
        from main.contacts c
        left join (
            select contact_id, count(*) as n from core.interactions group by contact_id
        ) i using (contact_id)
        where c.person_id = ?
        order by coalesce(i.n, 0) desc, c.contact_id
        limit 1
        """,
        [person_id],
    ).fetchall()
    return int(rows[0][0]) if rows else None


def contacts_of(con: duckdb.DuckDBPyConnection, person_id: int) -> list[int]:
    """Return the contacts of a person."""
    rows = con.execute(
        "select contact_id from main.contacts where person_id = ? order by contact_id", [person_id]
    ).fetchall()
    return [int(row[0]) for row in rows]


def add_tags(con: duckdb.DuckDBPyConnection, person_id: int, tags: Iterable[str]) -> None:
    """Tag a person; a tag the person has already is not added again."""
    for tag in tags:
        con.execute(
            "insert into main.tags select $person, $tag, $now, $anchor where not exists ("
            " from main.tags where person_id = $person and tag = $tag)",
            {
                "person": person_id,
                "tag": tag,
                "now": datetime.now(UTC),
                "anchor": anchor(con, person_id),
            },
        )


def remove_tags(con: duckdb.DuckDBPyConnection, person_id: int, tags: Iterable[str]) -> None:
    """Take tags off a person."""
    for tag in tags:
        con.execute("delete from main.tags where person_id = ? and tag = ?", [person_id, tag])


def add_note(con: duckdb.DuckDBPyConnection, person_id: int, text: str) -> None:
    """Write a note on a person."""
    con.execute(
        "insert into main.notes values (?, ?, ?, ?)",
        [person_id, text, datetime.now(UTC), anchor(con, person_id)],
    )


def decide(con: duckdb.DuckDBPyConnection, first: int, second: int, verdict: str) -> None:
    """Write down that two contacts are one person (``same``) or are not (``different``)."""
    con.execute(
        "insert into main.decisions"
        " select coalesce(max(decision_id), 0) + 1, ?, ?, ?, ? from main.decisions",
        [min(first, second), max(first, second), verdict, datetime.now(UTC)],
    )


def take_back(con: duckdb.DuckDBPyConnection) -> tuple[int, int, str] | None:
    """Delete the latest decision and return its contacts and verdict; None if there is none."""
    rows = con.execute(
        "select decision_id, contact_a, contact_b, verdict from main.decisions"
        " order by decision_id desc limit 1"
    ).fetchall()
    if not rows:
        return None
    number, first, second, verdict = rows[0]
    con.execute("delete from main.decisions where decision_id = ?", [number])
    return int(first), int(second), str(verdict)
