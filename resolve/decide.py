"""The user's own verdicts: which hold, and which contradict later ones."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Decisions that hold together, by contact id.

    Attributes:
        same: Pairs to join.
        different: Pairs to keep apart.
        conflicts: Decisions that later ones overrule, with the reason.
    """

    same: tuple[tuple[int, int], ...]
    different: tuple[tuple[int, int], ...]
    conflicts: pl.DataFrame


CONFLICT_SCHEMA = {
    "contact_a": pl.Int64,
    "contact_b": pl.Int64,
    "verdict": pl.String,
    "reason": pl.String,
}


def settle(decisions: pl.DataFrame, known: frozenset[int]) -> Verdicts:
    """Take decisions from the latest to the earliest; drop those that contradict a later one.

    A decision taken again about the same pair replaces the earlier one without a conflict.
    Decisions on contacts that are not there are kept out.
    """
    groups = _Groups()
    same: list[tuple[int, int]] = []
    different: list[tuple[int, int]] = []
    conflicts: list[tuple[int, int, str, str]] = []
    for a, b, verdict in _latest(decisions, known):
        if verdict == "same" and groups.join(a, b):
            same.append((a, b))
        elif verdict == "different" and groups.part(a, b):
            different.append((a, b))
        else:
            conflicts.append((a, b, verdict, _REASONS[verdict]))
    return Verdicts(
        tuple(sorted(same)),
        tuple(sorted(different)),
        pl.DataFrame(sorted(conflicts), schema=CONFLICT_SCHEMA, orient="row"),
    )


_REASONS = {
    "same": "later decisions keep these two apart",
    "different": "later decisions make these two one person",
}


def _latest(decisions: pl.DataFrame, known: frozenset[int]) -> list[tuple[int, int, str]]:
    """Return the latest verdict per pair, latest first."""
    rows = decisions.select(
        pl.min_horizontal("contact_a", "contact_b").alias("a"),
        pl.max_horizontal("contact_a", "contact_b").alias("b"),
        "verdict",
        "at",
    ).sort("at", "a", "b", "verdict", descending=True, nulls_last=True)
    found: dict[tuple[int, int], str] = {}
    for a, b, verdict, _ in rows.iter_rows():
        if a != b and a in known and b in known and verdict in _REASONS:
            found.setdefault((a, b), verdict)
    return [(a, b, verdict) for (a, b), verdict in found.items()]


class _Groups:
    """Contacts joined so far, and which groups must stay apart."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._apart: dict[int, set[int]] = {}

    def root(self, contact: int) -> int:
        """Return the group of a contact."""
        path = []
        while (above := self._parent.get(contact, contact)) != contact:
            path.append(contact)
            contact = above
        for passed in path:
            self._parent[passed] = contact
        return contact

    def join(self, a: int, b: int) -> bool:
        """Join two groups unless they must stay apart; tell whether they are one now."""
        low, high = sorted((self.root(a), self.root(b)))
        if low == high:
            return True
        if high in self._apart.get(low, ()):
            return False
        self._parent[high] = low
        for other in self._apart.pop(high, set()):
            self._apart[other].discard(high)
            self._apart[other].add(low)
            self._apart.setdefault(low, set()).add(other)
        return True

    def part(self, a: int, b: int) -> bool:
        """Keep two groups apart unless they are one; tell whether they are apart now."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return False
        self._apart.setdefault(a, set()).add(b)
        self._apart.setdefault(b, set()).add(a)
        return True
