"""The week: at most a dozen suggestions whom to write to and why, and what the user answered.

"Now" is the newest date in the data, never the clock. An answer is kept under person, kind and
occasion; nothing that was answered is suggested again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notworking import curate
from notworking.errors import UsageError
from notworking.live import owners
from notworking.output import printable
from notworking.queries import query
from notworking.store import answers

if TYPE_CHECKING:
    import duckdb

MOST = 12
#: Kind of suggestion, and the view it stands on; views that are not there suggest nothing.
_KINDS = {
    "birthday": "birthdays",
    "new_job": "news",
    "drift": "drift",
    "owed": "owed",
    "thanks": "thanks_owed",
    "introduction": "introductions_to_make",
}
_WHAT = {
    "birthday": "birthday",
    "new_job": "congratulations",
    "drift": "keep in touch",
    "owed": "an answer owed",
    "thanks": "thanks owed",
    "introduction": "an introduction",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the week.

    Attributes:
        occasion: What tells this one from the next of its kind about the same person.
        answer: What was answered on this date of the data already; None if nothing.
    """

    number: int
    kind: str
    name: str
    reason: str
    evidence: str | None
    on_date: date | None
    person_id: int
    occasion: str
    today: date
    answer: str | None


def select(con: duckdb.DuckDBPyConnection) -> str:
    """Return the query of the week, over the kinds that this database can answer."""
    there = {str(name) for (name,) in con.execute(query("published")).fetchall()}
    parts = [query(f"week_{kind}") for kind, view in _KINDS.items() if view in there]
    return query("week").replace("{candidates}", "\nunion all by name\n".join(parts))


def values(owner_id: int) -> dict[str, Any]:
    """Return the parameters of ``select``."""
    return {"owner": owner_id, "most": MOST}


def suggestions(con: duckdb.DuckDBPyConnection, owner_id: int) -> list[Suggestion]:
    """Return the week of one owner, what was answered today included."""
    rows = con.execute(select(con), values(owner_id)).fetchall()
    return [Suggestion(*row) for row in rows]


def lines(found: Iterable[Suggestion]) -> Iterator[str]:
    """Yield the week as lines for a terminal."""
    week = list(found)
    still_open = [s for s in week if s.answer is None]
    if not week:
        yield "Nothing to suggest: import newer exports, or enjoy the week."
        return
    today = week[0].today
    yield f"The week of {today} (the newest day in your data): {len(still_open)} suggestions."
    for s in still_open:
        yield ""
        yield f"{s.number:3}. {printable(s.name)}: {_WHAT[s.kind]}"
        yield f"     {printable(s.reason)}"
        if s.evidence:
            yield f"     {printable(s.evidence)}"
    answered = len(week) - len(still_open)
    if answered:
        yield ""
        yield f"{answered} of {len(week)} answered."


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user says to suggestions, by their numbers."""

    done: tuple[int, ...] = ()
    snoozed: tuple[int, ...] = ()
    dismissed: tuple[int, ...] = ()
    reopened: tuple[int, ...] = ()
    days: int = 14

    def each(self) -> Iterator[tuple[int, str]]:
        """Yield number and answer."""
        for word in ("done", "snoozed", "dismissed", "reopened"):
            yield from ((number, word) for number in getattr(self, word))


def answer(path: Path, owner: str | None, given: Answers) -> list[str]:
    """Write down what the user answered; return a sentence for each.

    Raises:
        UsageError: There is no suggestion of that number, or it is answered twice.
    """
    said = list(given.each())
    numbers = [number for number, _ in said]
    if len(set(numbers)) < len(numbers):
        raise UsageError("One number is answered in two ways: say each once.")
    with curate.writing(path) as con:
        owner_id = owners.one(con, owner)
        owners.narrow(con, owner_id)
        week = {s.number: s for s in suggestions(con, owner_id)}
        missing = [str(number) for number in numbers if number not in week]
        if missing:
            raise UsageError(
                f"There is no suggestion {', '.join(missing)}: see 'notworking week' for the list."
            )
        return [_write(con, owner_id, week[number], word, given.days) for number, word in said]


def _write(
    con: duckdb.DuckDBPyConnection, owner_id: int, asked: Suggestion, word: str, days: int
) -> str:
    until = asked.today + timedelta(days=days) if word == "snoozed" else None
    given = answers.Answer(
        owner_id, asked.person_id, asked.kind, asked.occasion, word, asked.today, until
    )
    (answers.take_back if word == "reopened" else answers.write)(con, given)
    told = {
        "done": "is done",
        "snoozed": f"comes back after {until}, by the dates in your data",
        "dismissed": "is dismissed for good",
        "reopened": "is open again",
    }
    return f"{asked.number}. {printable(asked.name)} ({_WHAT[asked.kind]}) {told[word]}."
