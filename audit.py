"""The benefit round: what the closest ties give, in the user's own words and nobody else's.

Asks about each of the strongest ties in turn; a few keys answer. Answers are tags, kept one by one,
so that a round can be broken off at any time. Nothing here guesses an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notworking import ask
from notworking.curate import writing
from notworking.output import printable
from notworking.queries import query
from notworking.store import own

if TYPE_CHECKING:
    import duckdb

BENEFITS = {
    "i": "information",
    "n": "influence",
    "d": "development",
    "s": "support",
    "p": "purpose",
    "b": "balance",
}
ENERGIES = {"--": -2, "-": -1, "0": 0, "+": 1, "++": 2}
_EXEMPT = {"kin": "kin", "duty": "duty"}
HELP = (
    "What does this person give you? Type letters and Enter:\n"
    "  i information   n influence   d development   s support   p purpose   b balance\n"
    "  and how you feel after time together: -- - 0 + ++ (for instance: s+)\n"
    "  Enter: as it is   none: nothing   kin, duty: never ask about them   q: stop"
)


@dataclass(frozen=True, slots=True)
class Question:
    """One tie to ask about, with what was said before.

    Attributes:
        today: The newest day of the data, which an answer is dated by.
        asks_energy: There is contact enough to ask how it feels.
    """

    person_id: int
    name: str
    evidence: str
    today: str
    benefits: tuple[str, ...]
    energy: int | None
    asks_energy: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one tie; None: as before.

    Attributes:
        exempt: A tag after which the person is not asked about again.
    """

    benefits: frozenset[str] | None = None
    energy: int | None = None
    exempt: str | None = None


def questions(con: duckdb.DuckDBPyConnection) -> list[Question]:
    """Return whom to ask about, the strongest first."""
    return [
        Question(person, name, evidence, today, tuple(benefits), energy, bool(asks))
        for person, name, evidence, today, benefits, energy, asks in con.execute(
            query("audit_people")
        ).fetchall()
    ]


def parse(typed: str) -> Answer | None:
    """Return the answer that was typed; None if it cannot be understood."""
    word = typed.strip().lower()
    if word in _EXEMPT:
        return Answer(exempt=_EXEMPT[word])
    if word == "none":
        return Answer(benefits=frozenset())
    compact = "".join(word.split())
    letters = compact.rstrip("+-0")
    energy = compact[len(letters) :]
    if not set(letters) <= BENEFITS.keys() or energy not in ("", *ENERGIES):
        return None
    return Answer(
        frozenset(BENEFITS[letter] for letter in letters) if letters else None,
        ENERGIES.get(energy),
    )


def run(path: Path, read: Callable[[str], str], tell: Callable[[str], None]) -> tuple[int, int]:
    """Ask until the user stops; return how many answers were kept, of how many questions.

    Args:
        path: The database.
        read: Shows a prompt and returns what was typed; EOFError and Ctrl-C end the round.
        tell: Shows a text.
    """
    with ask.opened(path) as con:
        asked = questions(con)
    if asked:
        tell(HELP)
    for done, question in enumerate(asked):
        tell(f"\n{done + 1} of {len(asked)}. {_described(question)}")
        answer = _answer(read, tell)
        if answer is None:
            return done, len(asked)
        keep(path, question, answer)
    return len(asked), len(asked)


def keep(path: Path, question: Question, answer: Answer) -> None:
    """Write one answer in place of what it changes."""
    person = question.person_id
    with writing(path) as con:
        held = [f"audited:{day}" for day in _asked_days(con, person)]
        tags = [f"audited:{question.today}"]
        if answer.benefits is not None:
            held += [f"benefit:{benefit}" for benefit in BENEFITS.values()]
            tags += [f"benefit:{benefit}" for benefit in sorted(answer.benefits)]
        if answer.energy is not None:
            held += [f"energy:{energy}" for energy in ENERGIES.values()]
            tags.append(f"energy:{answer.energy}")
        if answer.exempt is not None:
            tags.append(answer.exempt)
        own.remove_tags(con, person, held)
        own.add_tags(con, person, tags)


def _asked_days(con: duckdb.DuckDBPyConnection, person_id: int) -> list[str]:
    rows = con.execute(
        "select substr(tag, 9) from tags where person_id = ? and tag like 'audited:%'", [person_id]
    ).fetchall()
    return [str(day) for (day,) in rows]


def _described(question: Question) -> str:
    said = [*question.benefits]
    if question.energy is not None:
        said.append(f"energy {question.energy:+d}")
    before = f"\n  so far: {printable(', '.join(said))}" if said else ""
    energy = "" if question.asks_energy else "\n  (too little contact to ask about energy)"
    return f"{printable(question.name)}\n  {printable(question.evidence)}{before}{energy}"


def _answer(read: Callable[[str], str], tell: Callable[[str], None]) -> Answer | None:
    while True:
        try:
            typed = read("> ")
        except (EOFError, KeyboardInterrupt):
            return None
        if typed.strip().lower() in ("q", "quit"):
            return None
        answer = parse(typed)
        if answer is not None:
            return answer
        tell("Letters of i n d s p b, then -- - 0 + or ++; Enter, none, kin, duty or q.")
