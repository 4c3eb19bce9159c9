"""The shared tables of words: what is in them, what is left out, and where quotes are cut."""

from __future__ import annotations

import random
from types import ModuleType

import duckdb
import pytest

from notworking.seek.quotes import excerpt


def test_words_stand_with_field_count_and_last_day(wordy: duckdb.DuckDBPyConnection) -> None:
    rows = wordy.execute(
        "select field, person_id, times, people, last_on::varchar from mart.words"
        " where word = 'kubernetes' order by field, person_id"
    ).fetchall()
    assert rows == [
        ("message", 11, 2, 2, "2026-10-11"),
        ("message", 12, 1, 2, "2026-09-01"),
    ]


def test_passages_have_present_and_former_values_apart(wordy: duckdb.DuckDBPyConnection) -> None:
    rows = wordy.execute(
        'select field, text, "at"::date::varchar from mart.passages'
        " where person_id = 10 and field like '%title' order by field, text"
    ).fetchall()
    assert rows == [
        ("former_title", "Junior Buyer", "2019-05-01"),
        ("former_title", "Typographer", "2016-01-01"),
        ("title", "Director of Design", None),
    ]


def test_a_chat_of_two_is_no_group(wordy: duckdb.DuckDBPyConnection) -> None:
    rows = wordy.execute(
        "select distinct text from mart.passages where field = 'group' order by text"
    ).fetchall()
    assert rows == [("Lund Choir Committee",), ("Riga harbour redevelopment",)]


def test_what_the_owner_wrote_to_a_group_is_nobodys(wordy: duckdb.DuckDBPyConnection) -> None:
    rows = wordy.execute(
        "select person_id from mart.words where field = 'message' and word = 'docks'"
    ).fetchall()
    assert rows == [(11,)]
    assert not wordy.execute("from mart.words where word = 'both' and person_id = 64").fetchall()


def test_owners_are_not_in_the_tables(wordy: duckdb.DuckDBPyConnection) -> None:
    assert not wordy.execute(
        "from mart.passages join people using (person_id) where is_owner"
    ).fetchall()


def test_the_vocabulary_has_every_word_once(wordy: duckdb.DuckDBPyConnection) -> None:
    assert wordy.execute(
        "select count(*) = count(distinct word) and count(*) ="
        " (select count(distinct word) from mart.words where field <> 'common')"
        " from mart.vocabulary"
    ).fetchall() == [(True,)]


def test_common_words_are_capped_and_words_of_everybody_left_out(
    network_maker: ModuleType,
) -> None:
    con = network_maker._empty()
    world = network_maker.World(con)
    texts = random.Random(7)
    said: dict[int, int] = {}
    for person in range(2, 202):
        world.contact(person)
        rare = f" zeugma{person}" if person < 10 else ""
        said[person] = texts.randint(1, 3) if person < 57 else 0
        world.says(person, "in", "2026-01-01 10:00:00")
        con.execute(
            "update raw.events set text = ? where event_id = ?",
            [f"hello{' budget' * said[person]}{rare} 2026123 x", world.events],
        )
    network_maker._finish(con)
    counts = dict(
        con.execute(
            "select word, count(*) from mart.words where field = 'message' group by word"
        ).fetchall()
    )
    assert "hello" not in counts
    assert "2026123" not in counts
    assert "x" not in counts
    assert counts["zeugma5"] == 1
    assert counts["budget"] == 50
    people = con.execute(
        "select any_value(people) from mart.words where word = 'budget'"
    ).fetchall()
    assert people[0][0] == 55
    left_out = [p for p in range(2, 57) if p not in kept_people(con)]
    assert {said[p] for p in left_out} == {1}


def kept_people(con: duckdb.DuckDBPyConnection) -> set[int]:
    rows = con.execute("select person_id from mart.words where word = 'budget'").fetchall()
    return {person for (person,) in rows}


@pytest.mark.parametrize(
    ("text", "words", "cut"),
    [
        ("short text", ["text"], "short text"),
        ("line\nbreak\x1b[31m red", ["red"], "line break [31m red"),
    ],
)
def test_short_texts_are_quoted_whole(text: str, words: list[str], cut: str) -> None:
    assert excerpt(text, words) == cut


def test_long_texts_are_cut_around_the_word() -> None:
    text = "lorem " * 40 + "the Müller mill " + "ipsum " * 40
    cut = excerpt(text, ["muller"])
    assert cut.startswith("…lorem")
    assert cut.endswith("ipsum…")
    assert "the Müller mill" in cut
    assert len(cut) < 130
    assert excerpt("word" * 100, ["nowhere"]).startswith("word")
