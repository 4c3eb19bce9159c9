"""The uncertain merges, one by one, in the order of what an answer gains."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notworking.output import printable
from notworking.queries import query
from notworking.resolve import waterfall

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Question:
    """Two contacts that may be one person."""

    contact_a: int
    contact_b: int
    score: float
    text: str


def questions(con: duckdb.DuckDBPyConnection) -> list[Question]:
    """Return the open questions, the most gainful first: close people before cards."""
    return [
        Question(
            a, b, score, "\n".join(_lines(score, evidence, [tuple(rest[:3]), tuple(rest[3:])]))
        )
        for a, b, score, evidence, *rest in con.execute(query("review_questions")).fetchall()
    ]


def _lines(
    score: float, evidence: str | None, sides: list[tuple[str | None, ...]]
) -> Iterator[str]:
    yield f"Are these one person? ({score:.0%})"
    for name, source, company in sides:
        at = f" at {printable(company)}" if company else ""
        yield f"  {source}: {printable(name or '(no name)')}{at}"
    if evidence and json.loads(evidence):
        yield from (f"    {printable(line)}" for line in waterfall(evidence))


def run(
    asked: list[Question], read: Callable[[str], str], tell: Callable[[str], None]
) -> list[tuple[int, int, str]]:
    """Ask question after question until the user stops; return contacts and verdict of each.

    Args:
        asked: The questions.
        read: Shows a prompt and returns what the user typed; EOFError ends the round.
        tell: Shows a text.
    """
    answers: list[tuple[int, int, str]] = []
    for number, question in enumerate(asked, start=1):
        tell(f"\n{number} of {len(asked)}. {question.text}")
        answer = _answer(read, tell)
        if answer == "quit":
            break
        if answer != "skip":
            answers.append((question.contact_a, question.contact_b, answer))
    return answers


def _answer(read: Callable[[str], str], tell: Callable[[str], None]) -> str:
    meaning = {"y": "same", "n": "different", "s": "skip", "": "skip", "q": "quit"}
    while True:
        try:
            typed = read("y)es  n)o  s)kip  q)uit: ").strip().lower()
        except EOFError:
            return "quit"
        if typed[:1] in meaning:
            return meaning[typed[:1]]
        tell("Type y, n, s or q.")
