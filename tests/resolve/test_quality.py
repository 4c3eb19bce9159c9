"""How well people are told apart, on invented contacts; and what the review's questions bring."""

from __future__ import annotations

import pytest

from notworking.benchmarks.people_truth import invent
from notworking.benchmarks.resolve import b_cubed, pairwise
from notworking.benchmarks.resolve_peers import Run, flat, line
from notworking.benchmarks.resolve_review import answer, first_questions
from notworking.resolve import resolve


@pytest.mark.parametrize(
    ("habits", "size", "seed", "precision", "recall"),
    [
        ("harsh", 5000, 3, 0.985, 0.50),
        ("harsh", 5000, 4, 0.985, 0.50),
        ("gentle", 5000, 1, 0.99, 0.95),
        ("gentle", 8500, 2, 0.99, 0.95),
        ("abroad", 5000, 2, 0.98, 0.42),
    ],
)
def test_precision_and_recall_hold(
    habits: str, size: int, seed: int, precision: float, recall: float
) -> None:
    case = invent(habits, size, seed)
    found = dict(resolve(case.contacts, case.points, case.decisions).clusters.iter_rows())
    p, r, _ = pairwise(found, case.person)
    assert p >= precision
    assert r >= recall
    assert not [pair for pair in case.namesakes if found[pair[0]] == found[pair[1]]]


def test_half_of_the_first_questions_are_merges_and_answers_raise_recall() -> None:
    for habits in ("harsh", "gentle"):
        found = answer(invent(habits, 4000, 1), 50)
        assert found.asked == 50
        assert found.merges >= 25
        assert found.after[1] >= found.before[1] + 0.01
        assert found.after[0] >= found.before[0]


def test_two_people_are_asked_about_once() -> None:
    case = invent("gentle", 3000, 2)
    result = resolve(case.contacts, case.points, case.decisions)
    group = dict(result.clusters.iter_rows())
    asked = [frozenset((group[a], group[b])) for a, b in first_questions(case, result, 500)]
    assert len(asked) > 20
    assert len(asked) == len(set(asked))


def test_measures_count_pairs_and_contacts() -> None:
    truth = {1: 1, 2: 1, 3: 2, 4: 2}
    found = {1: "x", 2: "x", 3: "x", 4: "y"}
    assert pairwise(found, truth) == pytest.approx((1 / 3, 1 / 2, 0.4))
    assert b_cubed(found, truth)[:2] == pytest.approx(((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, 0.75))


def test_peers_are_given_every_record_and_told_in_one_line() -> None:
    case = invent("gentle", 300, 1)
    records = flat(case)
    assert [record["unique_id"] for record in records] == case.contacts["contact_id"].to_list()
    mails = case.points.filter(kind="email")["value"].to_list()
    assert sorted(mail for record in records for mail in record["mails"]) == sorted(mails)
    assert all(record["given"] == record["given"].lower() for record in records)
    found = Run({c: str(p) for c, p in case.person.items()}, seconds=2.0, megabytes=10.0)
    assert line("truth", case, found).startswith("| truth | 1.000 1.000 1.000 | 1.000")
    assert line("none", case, Run({}, reason="cannot be installed")) == (
        "| none | cannot be installed |"
    )
