"""Measure what answering the review's first questions brings, with the truth as the user.

Usage: ``python benchmarks/resolve_review.py [HABITS] [SIZE] [SEED] [QUESTIONS]``. The questions
come from the query the command uses, over tables that hold what it reads.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
import polars as pl

from notworking.benchmarks.people_truth import DECISION_SCHEMA, Truth, invent
from notworking.benchmarks.resolve import pairwise
from notworking.queries import query
from notworking.resolve import Resolution, resolve
from notworking.store.arrow import Arrow

_AT = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Round:
    """One round of answers.

    Attributes:
        asked: Number of questions asked.
        merges: How many of them were two entries of one person.
        before: Precision, recall and F1 before the answers.
        after: And with them.
    """

    asked: int
    merges: int
    before: tuple[float, float, float]
    after: tuple[float, float, float]


def first_questions(case: Truth, result: Resolution, most: int) -> list[tuple[int, int]]:
    """Return the pairs the review would ask about first."""
    con = duckdb.connect()
    contacts = case.contacts.join(result.clusters, on="contact_id").rename({"cluster": "person_id"})
    for name, frame in (("contacts", contacts), ("matches", result.matches)):
        stream = Arrow(frame)  # noqa: F841 (DuckDB finds it by name)
        con.execute(f"create table {name} as from stream")
    con.execute("create table decisions (contact_a bigint, contact_b bigint)")
    con.execute("create schema core")
    con.execute(
        "create table core.interactions as"
        " select contact_id from contacts, range(messages) where messages > 0"
    )
    rows = con.execute(query("review_questions")).fetchall()
    return [(row[0], row[1]) for row in rows[:most]]


def answer(case: Truth, most: int) -> Round:
    """Resolve, answer the first questions from the truth, resolve again."""
    before = resolve(case.contacts, case.points, case.decisions)
    asked = first_questions(case, before, most)
    told = [case.person[a] == case.person[b] for a, b in asked]
    answers = pl.DataFrame(
        [
            (a, b, "same" if is_same else "different", _AT)
            for (a, b), is_same in zip(asked, told, strict=True)
        ],
        schema=DECISION_SCHEMA,
        orient="row",
    )
    after = resolve(case.contacts, case.points, answers)
    return Round(
        len(asked),
        sum(told),
        pairwise(dict(before.clusters.iter_rows()), case.person),
        pairwise(dict(after.clusters.iter_rows()), case.person),
    )


def main() -> None:
    """Invent, ask, answer, report."""
    given = sys.argv[1:]
    habits, size, seed, most = (*given, *("harsh", "5000", "1", "50")[len(given) :])
    found = answer(invent(habits, int(size), int(seed)), int(most))
    print(f"{found.merges} of the first {found.asked} questions are true merges")
    print("before    P {:.4f}  R {:.4f}  F1 {:.4f}".format(*found.before))
    print("after     P {:.4f}  R {:.4f}  F1 {:.4f}".format(*found.after))


if __name__ == "__main__":
    main()
