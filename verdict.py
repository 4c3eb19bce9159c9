"""The verdict: how many contacts, people, real ties and cards; who is close, who slips away.

Reads the published views and nothing else, so that every figure in it can be selected by the user.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notworking.output import printable
from notworking.queries import query

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

#: Hill and Dunbar's support and sympathy groups hold about a dozen people.
DOZEN = 12
_SLIPPING = 6
_NAMELESS = "(no name)"


@dataclass(frozen=True, slots=True)
class Tie:
    """One of the closest people."""

    name: str
    tie_class: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Drifting:
    """Somebody who is slipping away."""

    name: str
    last_contact: datetime
    usual_gap_days: float | None
    silent_days: int

    @property
    def reason(self) -> str:
        """Return why, in words."""
        usual = f", usually every {self.usual_gap_days:,.0f}" if self.usual_gap_days else ""
        return f"silent for {self.silent_days:,} days{usual}; last on {self.last_contact:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an import comes down to.

    Attributes:
        contacts: Entries of all sources.
        people: Humans behind them.
        inner, strong, weak, dormant, cards: How many of these are of which class.
        unsure: Pairs of contacts that may be one person, for ``review``.
        closest: The strongest ties, strongest first.
        drifting: Those about to be lost, the greatest loss first.
    """

    contacts: int
    people: int
    inner: int
    strong: int
    weak: int
    dormant: int
    cards: int
    unsure: int
    closest: tuple[Tie, ...]
    drifting: tuple[Drifting, ...]

    @property
    def living(self) -> int:
        """Number of ties that are alive."""
        return self.inner + self.strong + self.weak


def read(con: duckdb.DuckDBPyConnection, owner_id: int) -> Verdict:
    """Read the verdict on one owner's network."""
    owner = {"owner": owner_id}
    (counts,) = con.execute(query("verdict_counts"), owner).fetchall()
    contacts, people, inner, strong, weak, dormant, cards, unsure = counts
    closest = con.execute(query("verdict_closest"), owner | {"limit": DOZEN}).fetchall()
    drifting = con.execute(query("verdict_drifting"), owner | {"limit": _SLIPPING}).fetchall()
    return Verdict(
        contacts,
        people,
        inner,
        strong,
        weak,
        dormant,
        cards,
        unsure,
        tuple(Tie(name or _NAMELESS, tie_class, why) for name, tie_class, why in closest),
        tuple(Drifting(name or _NAMELESS, *rest) for name, *rest in drifting),
    )


def sentence(verdict: Verdict) -> str:
    """Return the verdict as one sentence."""
    if not verdict.people:
        return "No people in these files: import an export of LinkedIn, Facebook or your phone."
    share = verdict.cards / verdict.people
    return (
        f"{verdict.contacts:,} contacts are {verdict.people:,} people: "
        f"{verdict.living:,} living ties, {verdict.dormant:,} dormant, "
        f"and {verdict.cards:,} cards ({share:.0%}) with whom nothing ever went both ways."
    )


def paragraphs(verdict: Verdict) -> Iterator[str]:
    """Yield the verdict as text for a terminal, a paragraph at a time."""
    yield sentence(verdict)
    if verdict.closest:
        people = [f"  {n:2}. {_person(tie)}" for n, tie in enumerate(verdict.closest, start=1)]
        yield "\n".join([f"Your closest {len(people)}:", *people])
    elif verdict.people:
        yield (
            "No exchange with anybody was seen. Lists of contacts alone cannot show ties: "
            "import the messages too."
        )
    if verdict.drifting:
        lines = [f"  {printable(d.name)}: {printable(d.reason)}" for d in verdict.drifting]
        yield "\n".join(["Slipping away:", *lines])
    if verdict.unsure:
        yield (
            f"{verdict.unsure:,} pairs of contacts may be the same person: "
            "'notworking review' asks about them, close people first."
        )


def _person(tie: Tie) -> str:
    return f"{printable(tie.name)} ({tie.tie_class}): {printable(tie.evidence)}"
