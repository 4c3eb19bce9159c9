from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import polars as pl

from notworking.resolve.decide import settle

SCHEMA: dict[str, Any] = {
    "contact_a": pl.Int64,
    "contact_b": pl.Int64,
    "verdict": pl.String,
    "at": pl.Datetime("us", "UTC"),
}
KNOWN = frozenset(range(1, 10))


def frame(*rows: tuple[int, int, str]) -> pl.DataFrame:
    dated = [(*row, datetime(2024, 1, place + 1, tzinfo=UTC)) for place, row in enumerate(rows)]
    return pl.DataFrame(dated, schema=SCHEMA, orient="row")


def test_the_later_verdict_on_a_pair_wins_without_a_conflict() -> None:
    found = settle(frame((1, 2, "same"), (2, 1, "different")), KNOWN)
    assert (found.same, found.different, found.conflicts.height) == ((), ((1, 2),), 0)


def test_an_earlier_verdict_that_later_ones_rule_out_is_reported() -> None:
    found = settle(frame((1, 3, "different"), (1, 2, "same"), (2, 3, "same")), KNOWN)
    assert found.same == ((1, 2), (2, 3))
    assert found.different == ()
    assert found.conflicts.rows() == [
        (1, 3, "different", "later decisions make these two one person")
    ]


def test_a_chain_that_later_ones_cut_is_reported() -> None:
    found = settle(frame((1, 2, "same"), (2, 3, "same"), (1, 3, "different")), KNOWN)
    assert found.same == ((2, 3),)
    assert found.different == ((1, 3),)
    assert found.conflicts.rows() == [(1, 2, "same", "later decisions keep these two apart")]


def test_groups_kept_apart_stay_apart_when_they_grow() -> None:
    rows = frame((1, 4, "same"), (1, 2, "same"), (3, 4, "same"), (2, 3, "different"))
    assert settle(rows, KNOWN).conflicts.rows() == [
        (1, 4, "same", "later decisions keep these two apart")
    ]


def test_verdicts_on_unknown_or_equal_contacts_are_left_out() -> None:
    found = settle(frame((1, 99, "same"), (2, 2, "different"), (3, 4, "perhaps")), KNOWN)
    assert (found.same, found.different, found.conflicts.height) == ((), (), 0)
