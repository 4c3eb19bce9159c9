"""People in parts: to the last bit what one machine says, whatever the parts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl
import pytest

from notworking.benchmarks.people_truth import invent
from notworking.resolve import Resolution, pairs, resolve
from notworking.scale.recognise import recognise

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_FRAMES = ("clusters", "matches", "flagged", "conflicts")


@pytest.fixture(scope="module")
def pool() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Three owners with books of their own; two of the books are the same people."""
    contacts, points = [], []
    for owner, seed in ((1, 1), (2, 1), (3, 2)):
        book = invent("harsh", 600, seed)
        moved = pl.col("contact_id") + owner * 100_000
        contacts.append(book.contacts.with_columns(moved, owner_id=pl.lit(owner, pl.Int32)))
        points.append(book.points.with_columns(moved))
    return pl.concat(contacts), pl.concat(points)


def _decided(found: Resolution) -> pl.DataFrame:
    """Return decisions against what was found: pairs taken apart, and uncertain ones joined."""
    at = pl.lit(datetime(2026, 1, 1, tzinfo=UTC), pl.Datetime("us", "UTC"))
    turned = pl.concat(
        [
            found.matches.filter(pl.col("verdict") == said).head(25).with_columns(
                verdict=pl.lit(other)
            )
            for said, other in (("same", "different"), ("unsure", "same"))
        ]
    )  # fmt: skip
    return turned.select("contact_a", "contact_b", "verdict", at=at)


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_parts_change_nothing_of_who_is_who(
    spark: SparkSession, pool: tuple[pl.DataFrame, pl.DataFrame], parts: int
) -> None:
    decisions = _decided(resolve(*pool, invent("harsh", 10, 1).decisions))
    assert decisions.height == 50
    expected = resolve(*pool, decisions)
    found = recognise(spark, *pool, decisions, parts=parts)
    for name in _FRAMES:
        assert getattr(found, name).equals(getattr(expected, name)), name
    assert found.counts == expected.counts


def test_parts_change_nothing_where_hopeless_pairs_are_dropped(
    spark: SparkSession, pool: tuple[pl.DataFrame, pl.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "MANY_PAIRS", 100)
    decisions = _decided(resolve(*pool, invent("harsh", 10, 1).decisions))
    expected = resolve(*pool, decisions)
    found = recognise(spark, *pool, decisions, parts=4)
    for name in _FRAMES:
        assert getattr(found, name).equals(getattr(expected, name)), name


def test_a_pool_of_nobody_has_no_people(spark: SparkSession) -> None:
    nobody = invent("gentle", 10, 1)
    found = recognise(
        spark, nobody.contacts.head(0), nobody.points.head(0), nobody.decisions, parts=3
    )
    assert found.clusters.height == 0
    assert found.matches.height == 0
