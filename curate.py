"""The user's hand: decisions, tags and notes, each written in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from notworking import pipeline, who
from notworking.errors import DatabaseError, UsageError
from notworking.output import printable
from notworking.store import database, own, private

if TYPE_CHECKING:
    import duckdb

    from notworking.reading import Progress


@contextmanager
def writing(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an existing database for writing; the block is one transaction.

    Raises:
        DatabaseError: It does not exist or cannot be used.
    """
    if not path.exists():
        raise DatabaseError(f"There is no database {path} yet: run 'notworking import' first.")
    con = database.connect(path)
    try:
        with private.workspace(con, path), database.transaction(con):
            database.migrate(con)
            yield con
    finally:
        con.close()


def add_tags(path: Path, whom: str, tags: Sequence[str], *, remove: bool) -> str:
    """Tag somebody, or take tags off; return what was done."""
    with writing(path) as con:
        person = who.find(con, whom)
        (own.remove_tags if remove else own.add_tags)(con, person.person_id, tags)
    done = "no longer" if remove else "now"
    return f"{printable(person.name)} is {done} tagged {', '.join(tags)}."


def add_note(path: Path, whom: str, text: str) -> str:
    """Write a note on somebody; return what was done."""
    with writing(path) as con:
        person = who.find(con, whom)
        own.add_note(con, person.person_id, text)
    return f"Noted on {printable(person.name)}."


def merge(path: Path, first: str, second: str, progress: Progress) -> str:
    """Decide that two people are one; return what was done.

    Raises:
        UsageError: They are one already, or one of them was not found.
    """
    with writing(path) as con:
        one, other = who.find(con, first), who.find(con, second)
        if one.person_id == other.person_id:
            raise UsageError(f"{printable(one.name)} is one person already.")
        a, b = own.anchor(con, one.person_id), own.anchor(con, other.person_id)
        if a is None or b is None:
            raise UsageError("One of them has no contact left: run 'notworking import' again.")
        own.decide(con, a, b, "same")
        pipeline.rebuild(con, _last_import(con), progress)
    return f"{printable(one.name)} and {printable(other.name)} are one person now."


def split(path: Path, first: str, second: str, progress: Progress) -> str:
    """Decide that two contacts are two people; return what was done.

    Raises:
        UsageError: They are two people already, or one of them was not found.
    """
    with writing(path) as con:
        a, b = _contact(con, first), _contact(con, second)
        if a == b:
            raise UsageError(f"'{first}' and '{second}' are the same contact.")
        own.decide(con, a, b, "different")
        pipeline.rebuild(con, _last_import(con), progress)
        rows = con.execute(
            "select count(distinct person_id) from contacts where contact_id in (?, ?)", [a, b]
        ).fetchall()
        if rows[0][0] != 2:
            raise UsageError("An earlier decision holds them together: take it back first.")
    return "They are two people now."


def undo_decision(path: Path, progress: Progress) -> str:
    """Take the latest decision back; return what was done.

    Raises:
        UsageError: There is none.
    """
    with writing(path) as con:
        taken = own.take_back(con)
        if taken is None:
            raise UsageError("There is no decision to take back.")
        pipeline.rebuild(con, _last_import(con), progress)
        names = [
            str(row[0])
            for row in con.execute(
                "select coalesce(full_name, '(no name)') from contacts"
                " where contact_id in (?, ?) order by contact_id",
                list(taken[:2]),
            ).fetchall()
        ]
    return f"Took back: {' and '.join(map(printable, names))} are {taken[2]}."


def decide_all(path: Path, answers: Sequence[tuple[int, int, str]], progress: Progress) -> None:
    """Write verdicts on pairs of contacts and rebuild once."""
    with writing(path) as con:
        for first, second, verdict in answers:
            own.decide(con, first, second, verdict)
        pipeline.rebuild(con, _last_import(con), progress)


def _last_import(con: duckdb.DuckDBPyConnection) -> int:
    return int(con.execute("select coalesce(max(import_id), 0) from imports").fetchall()[0][0])


def _contact(con: duckdb.DuckDBPyConnection, text: str) -> int:
    """Return the contact meant by its id, its key in the source, or the name of its person."""
    rows = con.execute(
        "select contact_id from contacts where contact_id::varchar = $t or source_key = $t",
        {"t": text},
    ).fetchall()
    if len(rows) == 1:
        return int(rows[0][0])
    person = who.find(con, text)
    held = con.execute(
        "select contact_id, source, coalesce(full_name, '(no name)') from contacts"
        " where person_id = ? order by source, contact_id",
        [person.person_id],
    ).fetchall()
    if len(held) == 1:
        return int(held[0][0])
    lines = [f"  {contact:>20}  {source}: {printable(name)}" for contact, source, name in held]
    raise UsageError(
        f"{printable(person.name)} has {len(held)} contacts; say which two are apart:\n"
        + "\n".join(lines)
    )
