"""The people of the page: who they are, in the order of their ties, as short as JSON can be.

The page holds everybody, thirty thousand and more, so words that many share (companies, sentences
of evidence) are kept once and named by their place in a list.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from notworking.report.answers import Row, published, rows, sql

if TYPE_CHECKING:
    import duckdb

    from notworking.report.veil import Veil

NAMELESS = "(no name)"
CLASSES = ("inner", "strong", "weak", "dormant", "card")
_SOURCE_NAMES = {
    "linkedin": "LinkedIn",
    "vcard": "address book",
    "csv": "tables",
    "sms": "SMS",
    "whatsapp": "WhatsApp",
}
#: Numbers and dates inside a sentence of evidence; the rest is the same for many people.
_FIGURES = re.compile(r"\d[\d,.-]*\d|\d")
_SLOT = "\x01"
#: Matched words and merges shown on one card.
_HINTS = 15
_MERGES = 6
#: Above this, one digit would say certainty.
_SURE = 0.999


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as the page may show them.

    Attributes:
        place: Place in the order of strength, from 0.
        group: What the angle in the rings means: a circle or an employer; None: neither is known.
    """

    place: int
    person_id: int
    name: str
    tie_class: str
    ring: int | None
    strength: float
    alive: float
    per_year: float
    bridge: bool
    sources: tuple[str, ...]
    evidence: str
    company: str | None
    title: str | None
    group: str | None


@dataclass(frozen=True, slots=True)
class People:
    """Everybody, the strongest tie first."""

    everyone: list[Person]
    by_id: dict[int, Person]
    by_name: dict[str, Person]

    @property
    def ties(self) -> list[Person]:
        """Those with whom something went both ways."""
        return [person for person in self.everyone if person.tie_class != "card"]


def source_name(source: str) -> str:
    """Return what a source is called among people."""
    return _SOURCE_NAMES.get(source, source[:1].upper() + source[1:])


def read(con: duckdb.DuckDBPyConnection, owner_id: int, veil: Veil) -> People:
    """Read everybody, and teach the veil what they are called."""
    found = rows(con, sql("people"), {"owner": owner_id})
    for place, row in enumerate(found, start=1):
        veil.learn(row["person_id"], row["name"], f"Person {place}")
    groups = _groups(con, owner_id, found, veil)
    everyone = [
        _person(place, veil.row("ties", row), groups.get(row["person_id"]))
        for place, row in enumerate(found)
    ]
    by_name: dict[str, Person] = {}
    for person in everyone:
        by_name.setdefault(person.name, person)
    return People(everyone, {person.person_id: person for person in everyone}, by_name)


def _person(place: int, row: Row, group: str | None) -> Person:
    return Person(
        place,
        row["person_id"],
        row["name"] or NAMELESS,
        row["class"],
        row["ring"],
        row["strength"] or 0.0,
        row["alive"] or 0.0,
        row["per_year"] or 0.0,
        bool(row["is_bridge"]),
        tuple(row["sources"] or ()),
        row["evidence"] or "",
        row["company"],
        row["title"],
        group,
    )


def _groups(
    con: duckdb.DuckDBPyConnection, owner_id: int, found: list[Row], veil: Veil
) -> dict[int, str]:
    """Return the group of each person: the circle they are met in, else the employer."""
    circles: dict[int, list[int]] = {}
    if "bridges" in published(con):
        for person_id, circle in con.execute(sql("circles"), {"owner": owner_id}).fetchall():
            circles.setdefault(circle, []).append(person_id)
    groups = {row["person_id"]: row["company"] for row in found if row["company"]}
    names = {row["person_id"]: veil.row("ties", row)["name"] or NAMELESS for row in found}
    order = {row["person_id"]: place for place, row in enumerate(found)}
    for members in circles.values():
        known = [person_id for person_id in members if person_id in order]
        if len(known) > 2:
            label = f"around {names[min(known, key=order.__getitem__)]}"
            groups |= dict.fromkeys(known, label)
    if veil.hides:
        sizes = Counter(groups.values())
        spelled = {name: f"Group {n}" for n, (name, _) in enumerate(sizes.most_common(), 1)}
        groups = {person_id: spelled[name] for person_id, name in groups.items()}
    return groups


@dataclass(slots=True)
class Pool:
    """Words that are kept once."""

    words: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def place(self, word: str | None) -> int:
        """Return the place of a word; 0 is none."""
        if not word:
            return 0
        if word not in self.places:
            self.words.append(word)
            self.places[word] = len(self.words)
        return self.places[word]


def packed(people: People, pool: Pool) -> list[list[Any]]:
    """Return everybody as the page's script unpacks them; the pool takes the words."""
    return [
        [
            person.name,
            CLASSES.index(person.tie_class),
            person.ring or 0,
            round(person.strength, 1),
            round(100 * person.alive),
            pool.place(person.company),
            pool.place(person.title),
            pool.place(", ".join(map(source_name, person.sources))),
            pool.place(_FIGURES.sub(_SLOT, person.evidence)),
            "|".join(_FIGURES.findall(person.evidence)),
        ]
        for person in people.everyone
    ]


def cards(
    con: duckdb.DuckDBPyConnection, owner_id: int, people: People, pool: Pool, veil: Veil
) -> dict[str, Any]:
    """Return what opens when somebody is chosen: contacts, merges, months, matched words."""
    values = {"owner": owner_id}
    contacts: list[list[Any]] = [[] for _ in people.everyone]
    for row in rows(con, sql("contacts"), values):
        if person := people.by_id.get(row["person_id"]):
            contacts[person.place] += contact(row, person, pool, veil)
    merges = rows(con, sql("merges"), values)
    months = rows(con, sql("months"), values)
    hints = _hints(con, owner_id, veil)
    return {
        "contacts": contacts,
        "merges": _by_person(people, merges, lambda row: [_merge(row, pool, veil)], _MERGES),
        "months": _by_person(people, months, lambda row: [row["month"], row["them"], row["you"]]),
        "hints": _by_person(people, hints, lambda row: _hint(row, pool), _HINTS),
    }


def _by_person(
    people: People,
    found: Iterable[Row],
    packed_row: Callable[[Row], list[Any]],
    most: int | None = None,
) -> dict[int, list[Any]]:
    return {
        people.by_id[person_id].place: [
            part for row in islice(group, most) for part in packed_row(row)
        ]
        for person_id, group in groupby(found, key=itemgetter("person_id"))
        if person_id in people.by_id
    }


def contact(row: Row, person: Person, pool: Pool, veil: Veil) -> list[Any]:
    """Return one contact: where, by which name (0: the person's own), company, since which day."""
    name = veil.words(row["full_name"]) or NAMELESS
    return [
        pool.place(_told_by(row["source"], row["relation"])),
        0 if name == person.name or veil.hides else name,
        pool.place(veil.words(row["company"])),
        row["since"] or 0,
    ]


def _told_by(source: str, relation: str) -> str:
    place, what = source_name(source), relation.replace("_", " ")
    return place if place == what else f"{place}, {what}"


def _merge(row: Row, pool: Pool, veil: Veil) -> list[Any]:
    """Return why two contacts are one: sources, the score, and each reason with its weight."""
    both = pool.place(f"{source_name(row['source_a'])} and {source_name(row['source_b'])}")
    if row["decided_by"] == "user":
        return [both, "you decided"]
    terms = [] if veil.hides else json.loads(row["evidence"] or "[]")
    reasons = [part for term in terms for part in (pool.place(term["words"]), term["bits"])]
    score = row["score"] or 0
    return [both, "over 99.9%" if score > _SURE else f"{score:.1%}", *reasons]


def _hint(row: Row, pool: Pool) -> list[Any]:
    side = "from them" if row["direction"] == "in" else "from you"
    said = pool.place(f"{row['kind']} {side}")
    return [row["day"], said, pool.place(row["words"])]


def _hints(con: duckdb.DuckDBPyConnection, owner_id: int, veil: Veil) -> list[Row]:
    """Return matched words, if the database has them and the page may show them."""
    if veil.hides or "hints" not in published(con):
        return []
    return rows(con, sql("hints"), {"owner": owner_id})
