"""Tables that fit the terminal."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from notworking import tables
from notworking.output import guarded, shown


def table(names: list[str], rows: list[list[Any]], places: int) -> list[str]:
    return list(tables.lines(names, rows, [[shown(v) for v in row] for row in rows], places))


def test_numbers_stand_right_and_words_left() -> None:
    assert table(["name", "days"], [["Ada", 5], ["Bo", 40]], 80) == [
        "name  days",
        "----  ----",
        "Ada      5",
        "Bo      40",
    ]


def test_a_long_text_follows_below_its_row() -> None:
    text = "Reached out on 41 days, you on 38, last on 2026-10-21."
    found = table(["name", "evidence"], [["Ada", text], ["Bo", None]], 80)
    assert found == ["name", "----", "Ada", "      " + text, "Bo"]


def test_columns_that_do_not_fit_are_named() -> None:
    names = [f"column_{n}" for n in range(20)]
    found = table(names, [list(range(20))], 60)
    assert all(len(line) <= 60 for line in found)
    said = " ".join(found)
    assert all(name in said for name in names)


def test_the_number_of_the_only_owner_says_nothing() -> None:
    assert table(["owner_id", "name"], [[1, "Ada"], [1, "Bo"]], 80)[0] == "name"
    assert table(["owner_id", "name"], [[1, "Ada"], [2, "Bo"]], 80)[0].split() == [
        "owner_id",
        "name",
    ]


def test_wide_signs_take_two_places() -> None:
    assert tables.width("王小明") == 6
    assert tables.width("e\u0301") == 1


@given(st.lists(st.tuples(st.text(max_size=30), st.integers()), max_size=5), st.integers(20, 200))
def test_no_text_breaks_a_table_or_the_terminal(rows: list[tuple[str, int]], places: int) -> None:
    for line in table(["text", "number"], [list(row) for row in rows], places):
        assert "\x1b" not in line
        assert line.isprintable() or "\u200d" in line or "\ufe0f" in line


@given(st.text(max_size=20))
def test_no_cell_of_a_spreadsheet_is_a_formula(text: str) -> None:
    assert not str(guarded(text)).startswith(("=", "+", "-", "@", "\t", "\r"))
