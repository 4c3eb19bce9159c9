"""The people of the page: who they are, in the order of their ties, and packed for the page.

What their cards say beyond that is gathered in ``cards``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notworking.report.answers import Row, published, rows, sql
from notworking.report.packing import numbers, runs

if TYPE_CHECKING:
    import duckdb

    from notworking.report.packing import Pool, Sentences
    from notworking.report.veil import Veil

NAMELESS = "(no name)"
CLASSES = ("inner", "strong", "weak", "dormant", "card")
_SOURCE_NAMES = {
    "linkedin": "LinkedIn",
    "vcard": "address book",
    "csv": "tables",
    "sms": "SMS",
    "whatsapp": "WhatsApp",
    "google_chat": "Google Chat",
}


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


def packed(people: People, pool: Pool, sentences: Sentences) -> dict[str, Any]:
    """Return everybody column by column; pool and sentences take the words."""
    everyone = people.everyone
    said = [sentences.pack(person.evidence) for person in everyone]
    return {
        "names": [person.name for person in everyone],
        "kinds": runs(CLASSES.index(person.tie_class) for person in everyone),
        "rings": runs(person.ring or 0 for person in everyone),
        "strengths": runs(round(10 * max(person.strength, 0.0)) for person in everyone),
        "chances": runs(_chance(person) for person in everyone),
        "companies": numbers(pool.place(person.company) for person in everyone),
        "titles": numbers(pool.place(person.title) for person in everyone),
        "sources": runs(
            pool.place(", ".join(map(source_name, person.sources))) for person in everyone
        ),
        "said": [runs(one[0] for one in said), numbers(part for one in said for part in one[1:])],
    }


def _chance(person: Person) -> int:
    """Return the chance to be in touch in per cent; of cards the page tells none."""
    return 0 if person.tie_class == "card" else round(100 * person.alive)
