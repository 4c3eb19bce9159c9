"""What the page holds as short texts comes back as it was."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from notworking.report.markup import script_data
from notworking.report.packing import ALPHABET, HALF, SLOTS, Pool, Sentences, grouped, numbers, runs
from notworking.tests.report import unpacking

COUNTS = st.lists(st.one_of(st.integers(0, 50), st.integers(0, 10**9)))
TEXTS = st.one_of(
    st.text(),
    st.from_regex(
        r'([a-z ,]|[0-9]{1,12}|"[a-z0-9]*"|[0-9]{4}-[0-9]{2}-[0-9]{2}|\.){0,20}', fullmatch=True
    ),
)
LAST = 20_756


def test_the_signs_need_no_escape_anywhere() -> None:
    assert len(set(ALPHABET)) == 2 * HALF == 88
    assert script_data(ALPHABET) == f'"{ALPHABET}"'
    assert json.dumps(ALPHABET) == f'"{ALPHABET}"'


def test_small_numbers_are_one_sign_and_larger_ones_grow_slowly() -> None:
    assert [len(numbers([value])) for value in (0, 43, 44, 1935, 1936, 85_183, 85_184)] == [
        *(1, 1, 2, 2, 3, 3, 4)
    ]
    assert (
        numbers([0, 1, 43, 44])
        == f"{ALPHABET[0]}{ALPHABET[1]}{ALPHABET[43]}{ALPHABET[44]}{ALPHABET[1]}"
    )


@given(COUNTS)
def test_numbers_come_back(values: list[int]) -> None:
    assert unpacking.numbers(numbers(values)) == values


@given(COUNTS)
def test_runs_come_back(values: list[int]) -> None:
    assert unpacking.runs(runs(values)) == values


def test_thousands_of_the_same_take_a_few_signs() -> None:
    assert len(runs([7] * 30_000)) == 4


@given(st.lists(COUNTS))
def test_lists_for_everybody_come_back(lists: list[list[int]]) -> None:
    assert unpacking.grouped(grouped(lists)) == lists


@given(TEXTS)
def test_a_sentence_comes_back_whatever_is_in_it(text: str) -> None:
    sentences = Sentences(Pool(), LAST)
    packed = sentences.pack(text)
    expected = "".join("\ufffd" if sign in SLOTS else sign for sign in text)
    if not text:
        assert packed == [0]
        return
    told = unpacking.sentence(packed, sentences.patterns.words, sentences.words.words, LAST)
    assert told == expected


def test_sentences_that_differ_in_numbers_days_and_quotes_share_a_pattern() -> None:
    sentences = Sentences(Pool(), LAST)
    first = sentences.pack(
        'Wrote on 3 days, last on 2026-10-29; 0.011 like "Ada Example"', " (+1.3)"
    )
    second = sentences.pack(
        'Wrote on 1203 days, last on 2020-01-01; 2.500 like "Bo Example"', " (+1.3)"
    )
    assert first == [1, 3, 1, 11, 1]
    assert second == [1, 1203, 2494, 2500, 2]
    assert sentences.patterns.words == [
        "Wrote on \ue000 days, last on \ue005; \ue003 like \ue006 (+1.3)"
    ]
    assert sentences.words.words == ["Ada Example", "Bo Example"]


def test_a_day_after_the_last_and_one_that_is_none_stay_as_written() -> None:
    sentences = Sentences(Pool(), LAST)
    sentences.pack("2031-01-01 and 2026-13-45")
    assert sentences.patterns.words == ["2031-01-01 and 2026-13-45"]
