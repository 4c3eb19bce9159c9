"""The cards of people: what opens when somebody is chosen, packed for the page.

Contacts with their sources, why they are one person, contact by month, matched words, favours, and
the user's own tags and notes. Nothing of it passes the veil that must not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from notworking.report.answers import Row, published, rows, sql
from notworking.report.packing import Pool, Sentences, grouped
from notworking.report.people import NAMELESS, People, Person, source_name

if TYPE_CHECKING:
    import duckdb

    from notworking.report.veil import Veil

#: Matched words on one card: for the closest people, and for all others.
HINTS, HINTS_OF_OTHERS, CLOSEST = 15, 5, 1000
#: Merges shown on one card.
_MERGES = 6
#: Above this, one digit would say certainty.
_SURE = 0.999
#: Scores of a merge beyond the tenths of a per cent: surer than can be written, and by the user.
_SURER, _DECIDED = 1000, 1001
#: A month whose counts are below these is one sign.
_FEW_IN, _FEW_OUT = 6, 7
#: Signs before a month that is not: with its counts in full, and after a gap.
_IN_FULL, _AFTER_GAP = 42, 43


@dataclass(slots=True)
class Desk:
    """What every part of the cards is packed with.

    Attributes:
        last: The last day; all days are told as so many before it.
        told: Takes sources with relations, and kinds of matched words.
    """

    people: People
    veil: Veil
    pool: Pool
    sentences: Sentences
    last: int
    told: Pool = field(default_factory=Pool)

    def before(self, day: int | None) -> int:
        """Return a day as packed: 0 for none, else one more than the days before the last."""
        return 0 if day is None else 1 + max(self.last - day, 0)


def packed(con: duckdb.DuckDBPyConnection, owner_id: int, desk: Desk) -> dict[str, Any]:
    """Return all cards, each part for everybody in the order of the people."""
    values = {"owner": owner_id}
    counted = con.execute(sql("months"), values).fetchall()
    return {
        "last": desk.last,
        "contacts": grouped(each(desk, rows(con, sql("contacts"), values), contacts)),
        "merges": grouped(each(desk, rows(con, sql("merges"), _most(values)), _merges)),
        "months": grouped(months(desk, counted)),
        "hints": grouped(each(desk, _hints(con, owner_id, desk), hinted)),
        "favours": grouped(each(desk, _favours(con, owner_id), _favoured)),
        "own": _own(con, desk),
        "told": desk.told.words,
        "patterns": desk.sentences.patterns.words,
    }


def last_day(con: duckdb.DuckDBPyConnection, owner_id: int) -> int:
    """Return the last day that any card can name, as days since 1970."""
    (found,) = con.execute(sql("last_day"), {"owner": owner_id}).fetchall()
    return int(found[0] or 0)


def _most(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"most": _MERGES}


def each(
    desk: Desk, found: Iterable[Row], pack: Callable[[Desk, Person, list[Row]], list[int]]
) -> Iterator[list[int]]:
    """Yield the packed rows of everybody in their order; rows come sorted by person."""
    by_person = {key: list(group) for key, group in groupby(found, key=itemgetter("person_id"))}
    for person in desk.people.everyone:
        held = by_person.get(person.person_id)
        yield pack(desk, person, held) if held else []


def contacts(desk: Desk, person: Person, found: list[Row]) -> list[int]:
    """Pack each contact: where, by which name and at which company if not the person's, since."""
    packed_rows: list[int] = []
    for row in found:
        name = desk.veil.words(row["full_name"]) or NAMELESS
        company = desk.veil.words(row["company"])
        other_name = 0 if name == person.name or desk.veil.hides else desk.pool.place(name)
        at = 0 if not company else 1 if company == person.company else 2
        kind = desk.told.place(_told_by(row["source"], row["relation"]))
        packed_rows.append(6 * (kind - 1) + 3 * bool(other_name) + at)
        packed_rows += [other_name] if other_name else []
        packed_rows += [desk.pool.place(company)] if at == 2 else []
        packed_rows.append(desk.before(row["since"]))
    return packed_rows


def _told_by(source: str, relation: str) -> str:
    place, what = source_name(source), relation.replace("_", " ")
    return place if place == what else f"{place}, {what}"


def _merges(desk: Desk, _: Person, found: list[Row]) -> list[int]:
    """Pack why contacts are one: sources, the score, each reason with its weight in bits."""
    packed_rows: list[int] = []
    for row in found:
        both = f"{source_name(row['source_a'])} and {source_name(row['source_b'])}"
        packed_rows.append(desk.told.place(both))
        if row["decided_by"] == "user":
            packed_rows += [_DECIDED, 0]
            continue
        score = row["score"] or 0.0
        terms = [] if desk.veil.hides else json.loads(row["evidence"] or "[]")
        packed_rows += [_SURER if score > _SURE else round(1000 * score), len(terms)]
        for term in terms:
            bits = f" ({term['bits']:+g})" if term["bits"] else ""
            packed_rows += desk.sentences.pack(term["words"], bits)
    return packed_rows


def months(desk: Desk, found: list[tuple[int, int, int, int]]) -> Iterator[list[int]]:
    """Yield contact by month for everybody: the first month, then what ``_month`` packs."""
    by_person = {key: list(group) for key, group in groupby(found, key=itemgetter(0))}
    for person in desk.people.everyone:
        held = by_person.get(person.person_id)
        if not held:
            yield []
            continue
        signs = [held[0][1]]
        expected = held[0][1]
        for _, month, them, you in held:
            signs += _month(month - expected, them, you)
            expected = month + 1
        yield signs


def _month(gap: int, them: int, you: int) -> list[int]:
    """Pack the counts of one month, so many months after the one before it."""
    signs = [_AFTER_GAP, gap] if gap else []
    if them < _FEW_IN and you < _FEW_OUT:
        return [*signs, them * _FEW_OUT + you]
    return [*signs, _IN_FULL, them, you]


def _hints(con: duckdb.DuckDBPyConnection, owner_id: int, desk: Desk) -> list[Row]:
    """Return matched words, if the database has them and the page may show them."""
    if desk.veil.hides or "hints" not in published(con):
        return []
    return rows(con, sql("hints"), {"owner": owner_id, "most": HINTS})


def hinted(desk: Desk, person: Person, found: list[Row]) -> list[int]:
    """Pack matched words: what they tell, the words, and how many days before the one above."""
    packed_rows: list[int] = []
    back = 0
    for row in found[: HINTS if person.place < CLOSEST else HINTS_OF_OTHERS]:
        side = "from them" if row["direction"] == "in" else "from you"
        kind = desk.told.place(f"{row['kind']} {side}")
        packed_rows += [kind, desk.pool.place(row["words"]), desk.before(row["day"]) - back]
        back = desk.before(row["day"])
    return packed_rows


def _favours(con: duckdb.DuckDBPyConnection, owner_id: int) -> list[Row]:
    if "giver_taker_people" not in published(con):
        return []
    return rows(con, sql("favours"), {"owner": owner_id})


def _favoured(_: Desk, __: Person, found: list[Row]) -> list[int]:
    return [found[0]["given"], found[0]["received"]]


def _own(con: duckdb.DuckDBPyConnection, desk: Desk) -> dict[int, list[Any]]:
    """Return the user's tags and notes by place; with a veil they stay out of the page."""
    if desk.veil.hides:
        return {}
    found: dict[int, list[Any]] = {}
    for person_id, tags, notes in con.execute(sql("own")).fetchall():
        if person := desk.people.by_id.get(person_id):
            found[person.place] = [tags, notes]
    return found
