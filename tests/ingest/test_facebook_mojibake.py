"""The repair of damaged text: every kind of damage, and everything that only looks like it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.ingest._mojibake import DEPTH_LIMIT, repair, repair_all


def broken(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"Jos\u00c3\u00a9 \u00c3\u0081lvarez", "José Álvarez"),
        (r"\u00c5\u0081ukasz \u00c5\u00bb\u00c3\u00b3\u00c5\u0082w", "Łukasz Żółw"),
        (r"Zo\u00c3\u00ab Mar\u00c4\u008denko", "Zoë Marčenko"),
        (r"\u00d0\u0098\u00d0\u00b2\u00d0\u00b0\u00d0\u00bd", "Иван"),
        (r"u\u00cc\u0088", "u\u0308"),
        (r"\u00e2\u0080\u0099 \u00e2\u0082\u00ac", "’ €"),
        (r"\u00f0\u009f\u0091\u008d", "👍"),
        (r"\u00e2\u009d\u00a4\u00ef\u00b8\u008f", "❤️"),
        (r"\u00f0\u009f\u0087\u00b3\u00f0\u009f\u0087\u00b1", "🇳🇱"),
        ("plain", "plain"),
        ("", ""),
        (r"Ren\u00e9", "René"),
        (r"Ren\u00e9 Zo\u00c3\u00ab", "René Zoë"),
        (r"\u201cZo\u00c3\u00ab\u201d \u20ac", "“Zoë” €"),
        (r"\ud83d\udc4d Zo\u00c3\u00ab", "👍 Zoë"),
        (r"\\u00c3\\u00a9", r"\u00c3\u00a9"),
        (r"cut \u00f0\u009f\u0091", "cut \u00f0\u009f\u0091"),
        (r"\u00ed\u00a0\u0080", "\u00ed\u00a0\u0080"),
        (r"\u00c0\u0080", "\u00c0\u0080"),
        (r"lone \ud83d half", "lone ? half"),
        (r"a\u0000b", "ab"),
        (r"\u00c3\u00a9\u0000", "é"),
    ],
)
def test_text_is_what_its_author_wrote(written: str, meant: str) -> None:
    assert repair(json.loads(f'"{written}"')) == meant


@given(st.text())
def test_what_the_export_damages_is_whole_again(text: str) -> None:
    assert repair(broken(text)) == text.replace("\x00", "")


@given(st.text(st.characters(categories=None)))
def test_any_text_can_be_stored_afterwards(text: str) -> None:
    mended = repair(text)
    mended.encode("utf-8")
    assert "\x00" not in mended


def test_object_keys_are_repaired_too() -> None:
    value = {broken("Gefällt"): [{broken("ö"): broken("ü")}, 5, None, True]}
    assert repair_all(value) == {"Gefällt": [{"ö": "ü"}, 5, None, True]}


def test_nesting_without_end_is_dropped_and_no_error() -> None:
    value: object = "x"
    for _ in range(DEPTH_LIMIT + 500):
        value = [value]
    mended = repair_all(value)
    depth = 0
    while isinstance(mended, list):
        mended, depth = mended[0], depth + 1
    assert (mended, depth) == (None, DEPTH_LIMIT)
