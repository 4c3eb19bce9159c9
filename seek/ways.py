"""Ways in: who leads to a company or a person, directly or through one other.

A direct way is as strong as the tie is alive. A way through somebody is
``alive * (1 - exp(-z))``, where z is what was seen of the two together: conversations, meetings,
introductions. Who only shared an employer counts with a fifth of a message and is called a guess.
Nothing is known of ties that the owner never saw; what the answer looks like is decided in
``routes``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from notworking.queries import query
from notworking.seek import companies, lists
from notworking.seek.lists import Phrase
from notworking.seek.wording import plain_words

if TYPE_CHECKING:
    import duckdb

#: z of an employer two people share, present or past.
SHARED_EMPLOYER = 0.2
#: So many ways through others are kept for one target.
_THROUGH = 2
_DECIDES, _KEEPS_THE_GATE, _VOUCHES = "deliverer", "gatekeeper", "referencer"


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody to get to, with the best tie that any owner has to them."""

    person_id: int
    name: str
    title: str | None
    company: str | None
    is_now: bool
    until: datetime | None
    alive: float
    tie_class: str
    last_contact: datetime | None


@dataclass(frozen=True, slots=True)
class Through:
    """Somebody in between: who they are, how alive the tie is, what links them to the target.

    Attributes:
        kinds: Of ``thread``, ``event``, ``introduction``; for a guess the shared employers.
        is_guess: Only an employer is shared, nothing was seen.
    """

    person_id: int
    name: str
    alive: float
    tie_class: str
    last_contact: datetime | None
    z: float
    kinds: tuple[str, ...]
    is_guess: bool
    introduced_at: datetime | None = None

    @property
    def strength(self) -> float:
        """The chance that the way works as far as the data show."""
        return self.alive * (1 - math.exp(-self.z))


@dataclass(frozen=True, slots=True)
class Way:
    """One way to one target; directly where nobody is in between."""

    target: Target
    through: Through | None
    likeness: str

    @property
    def strength(self) -> float:
        """How strong it is, 0 for somebody with whom there never was an exchange."""
        return self.target.alive if self.through is None else self.through.strength

    @property
    def is_guess(self) -> bool:
        """Whether nothing that was seen supports it."""
        return self.through is not None and self.through.is_guess


def to_company(
    con: duckdb.DuckDBPyConnection, asked: list[Phrase], spelled: Iterable[str]
) -> list[Way]:
    """Return the ways to everybody who works or worked at companies of these names, best first."""
    alike = {name: kind for name in spelled if (kind := companies.likeness(name, asked))}
    rows = con.execute(query("path_people"), {"names": sorted(alike)}).fetchall()
    targets = [Target(*row) for row in rows]
    return _ways(con, targets, alike)


def to_person(con: duckdb.DuckDBPyConnection, person_id: int) -> list[Way]:
    """Return the ways to one person, best first."""
    rows = con.execute(query("path_person"), {"id": person_id}).fetchall()
    return _ways(con, [Target(*row) for row in rows], {})


def role(target: Target) -> str:
    """Return what somebody of that title can do: decide, keep the gate, or vouch."""
    if not target.is_now or not target.title:
        return _VOUCHES
    words = tuple(plain_words(target.title))
    held = [
        (len(phrase), said == _KEEPS_THE_GATE, said)
        for phrase, said in lists.roles().items()
        if any(words[at : at + len(phrase)] == phrase for at in range(len(words)))
    ]
    return max(held)[2] if held else _VOUCHES


def _ways(
    con: duckdb.DuckDBPyConnection, targets: list[Target], alike: dict[str, str]
) -> list[Way]:
    if not targets:
        return []
    others = _throughs(con, targets)
    ways = []
    for target in targets:
        kind = alike.get(target.company or "", "same")
        through = sorted(others.get(target.person_id, ()), key=_by_strength)[:_THROUGH]
        if target.alive > 0 or not through:
            ways.append(Way(target, None, kind))
        ways += [Way(target, t, kind) for t in through if t.strength > target.alive]
    return sorted(ways, key=_rank)


def _by_strength(through: Through) -> tuple[bool, float, int]:
    return (through.is_guess, -through.strength, through.person_id)


def _rank(way: Way) -> tuple[float, bool, str, int, int]:
    """Strongest first; who has left and who is only at a company of a longer name counts less."""
    worth = way.strength * (1.0 if way.target.is_now else 0.7)
    worth *= 1.0 if way.likeness == "same" else 0.7
    through = way.through.person_id if way.through else 0
    return (-round(worth, 9), way.is_guess, way.target.name, way.target.person_id, through)


def _throughs(con: duckdb.DuckDBPyConnection, targets: list[Target]) -> dict[int, list[Through]]:
    ids = [target.person_id for target in targets]
    found: dict[int, dict[int, Through]] = defaultdict(dict)
    for via, name, target, z, alive, kind, last, kinds, at in con.execute(
        query("path_seen"), {"ids": ids}
    ).fetchall():
        one = Through(
            via, name, alive, kind, last, z, tuple(kinds), is_guess=False, introduced_at=at
        )
        held = found[target].get(via)
        if held is None or held.strength < one.strength:
            found[target][via] = one
    for target_id, guess in _colleagues(con, ids):
        found[target_id].setdefault(guess.person_id, guess)
    return {target: list(held.values()) for target, held in found.items()}


def _colleagues(con: duckdb.DuckDBPyConnection, ids: list[int]) -> Iterator[tuple[int, Through]]:
    """Yield who shares an employer with a target, and could know them from there."""
    targets: dict[Phrase, list[int]] = defaultdict(list)
    spelled: dict[Phrase, str] = {}
    for person_id, company in con.execute(query("path_employers"), {"ids": ids}).fetchall():
        if words := companies.name_words(company):
            targets[words].append(person_id)
            spelled.setdefault(words, company)
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    people: dict[int, tuple[str, float, str, datetime | None]] = {}
    keys = _rarest(con, targets)
    for row in con.execute(query("path_colleagues"), {"words": keys}).fetchall():
        via, name, alive, kind, last, company = row
        words = companies.name_words(company)
        people[via] = (name, alive, kind, last)
        for target in dict.fromkeys(targets.get(words, ())):
            if target != via and spelled[words] not in shared[target, via]:
                shared[target, via].append(spelled[words])
    for (target, via), employers in sorted(shared.items()):
        if employers:
            z = SHARED_EMPLOYER * len(employers)
            yield target, Through(via, *people[via], z, tuple(employers), is_guess=True)


def _rarest(con: duckdb.DuckDBPyConnection, names: Iterable[Phrase]) -> list[str]:
    """Return of each name the word that fewest people have: whoever has the name has that word."""
    names = list(names)
    words = sorted({word for name in names for word in name})
    people = dict(con.execute(query("path_rarity"), {"words": words}).fetchall())
    return sorted({min(name, key=lambda word: (people.get(word, 0), word)) for name in names})
