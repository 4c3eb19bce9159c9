"""Finding the person that a word on the command line means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process, utils

from notworking.errors import UsageError
from notworking.output import printable
from notworking.queries import query

if TYPE_CHECKING:
    import duckdb

#: A misspelt name is taken for the one it resembles from this similarity on (0 to 100).
_ALIKE = 82.0
_CLEAR_LEAD = 6.0
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was found."""

    person_id: int
    name: str
    hint: str


def find(con: duckdb.DuckDBPyConnection, who: str) -> Person:
    """Return the one person meant by a name, a person_id, an address or a number.

    A former person_id leads to the person that took it over.

    Raises:
        UsageError: Nobody is meant, or several are; they are named.
    """
    found = _by_identifier(con, who) or _by_name(con, who)
    if not found:
        raise UsageError(
            f"Nobody here is called '{who}'. Try another spelling or an e-mail address."
        )
    if len(found) > 1:
        lines = [
            f"  {p.person_id:>6}  {printable(p.name)} ({printable(p.hint)})" for p in found[:_SHOWN]
        ]
        more = f"\n  ... and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
        raise UsageError(
            f"'{who}' can be {len(found):,} people; say the number instead:\n"
            + "\n".join(lines)
            + more
        )
    return found[0]


def _by_identifier(con: duckdb.DuckDBPyConnection, who: str) -> list[Person]:
    if who.isdecimal() and len(who) < 10:
        rows = con.execute(query("people_numbered"), {"id": int(who)}).fetchall()
        if rows:
            return [Person(*row) for row in rows]
    digits = "".join(c for c in who if c.isdecimal())
    if "@" not in who and len(digits) < 7:
        return []
    rows = con.execute(query("people_reached"), {"who": who.strip(), "digits": digits}).fetchall()
    return [Person(*row) for row in rows]


def _by_name(con: duckdb.DuckDBPyConnection, who: str) -> list[Person]:
    rows = con.execute(query("people_named")).fetchall()
    people = [Person(*row) for row in rows]
    wanted = utils.default_process(who)
    if not wanted:
        return []
    exact = [p for p in people if utils.default_process(p.name) == wanted]
    if exact:
        return exact
    words = wanted.split()
    parts = [p for p in people if set(words) <= set(utils.default_process(p.name).split())]
    if parts:
        return parts
    return _alike(people, wanted)


def _alike(people: list[Person], wanted: str) -> list[Person]:
    names = [utils.default_process(p.name) for p in people]
    hits = process.extract(
        wanted, names, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE, limit=_SHOWN
    )
    if not hits:
        return []
    best = hits[0][1]
    return [people[index] for _, score, index in hits if score >= best - _CLEAR_LEAD]
