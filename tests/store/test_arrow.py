"""Rows on their way to the engine: many make the same frame as few."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from notworking.store import arrow, rows

AT = datetime(2024, 2, 29, 12, 30, 1, 5, UTC)


def entry(number: int) -> dict[str, Any]:
    """Make an entry with none, one or two points, and with text that is missing in some."""
    point = {"kind": "email", "raw": f"{number}@example.com", "label": None, "region": None}
    return {
        "file_id": number % 3,
        "source_key": f"key {number}",
        "relation": "card",
        "full_name": "Žofie" if number % 2 else None,
        "as_of": AT if number % 5 else None,
        "raw": "{}",
        "points": [point, point | {"label": "work", "region": "DE"}][: number % 3],
    }


def thread(number: int) -> dict[str, Any]:
    return {
        "file_id": 1,
        "thread_key": f"thread {number}",
        "title": None,
        "size": number if number % 2 else None,
        "flags": ["group"] * (number % 3),
        "members": [{"key": None, "name": "Mira Example"}] if number % 4 else None,
    }


@pytest.mark.parametrize(("table", "make"), [("stage_entries", entry), ("stage_threads", thread)])
def test_many_rows_make_the_frame_that_few_make(table: str, make: Any) -> None:
    made = [make(number) for number in range(arrow.MANY + 7)]
    schema = rows.SCHEMAS[table]
    assert_frame_equal(arrow.frame_of(made, schema), pl.DataFrame(made, schema=schema))


def test_a_column_of_empty_lists_keeps_its_type_and_is_not_null() -> None:
    made = [entry(0) for _ in range(arrow.MANY)]
    frame = arrow.frame_of(made, rows.SCHEMAS["stage_entries"])
    assert frame.schema["points"] == rows.SCHEMAS["stage_entries"]["points"]
    assert frame["points"].null_count() == 0
    assert frame["points"].list.len().sum() == 0
