"""What a question is taken to ask, and what its words can be in the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from notworking.errors import UsageError
from notworking.seek import lists, question
from notworking.seek.lists import Extras
from notworking.seek.question import Variant

GROUPS = lists.synonyms(Extras())


def asked(text: str) -> list[str]:
    return [concept.asked for concept in question.read(text, GROUPS)]


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Who knows about grant writing?", ["grant", "writing"]),
        ("Wer kennt sich mit Steuern aus", ["steuern"]),
        ("head of design in Berlin", ["head", "design", "berlin"]),
        ("chief technology officer", ["chief technology officer"]),
        ("CTO CTO", ["cto"]),
        ("who", ["who"]),
        ("", []),
    ],
)
def test_a_question_is_what_is_left_of_it(text: str, concepts: list[str]) -> None:
    assert asked(text) == concepts


def test_a_title_is_also_looked_for_under_its_other_names() -> None:
    (concept,) = question.read("CTO", GROUPS)
    ways = {way.words: way.factor for way in concept.ways}
    assert ways["cto",] == 1.0
    assert ways["chief", "technology", "officer"] == 0.9
    assert ways["technischer", "leiter"] == 0.9


def test_a_plural_finds_the_synonyms_of_the_singular() -> None:
    (concept,) = question.read("lawyers", GROUPS)
    assert ("rechtsanwaltin",) in [way.words for way in concept.ways]
    assert concept.ways[0].words == ("lawyers",)


def test_a_very_long_question_is_cut() -> None:
    assert len(asked(" ".join(f"word{n}" for n in range(50)))) == question.MOST_WORDS


@pytest.mark.parametrize(
    ("word", "near", "expected"),
    [
        ("design", {"design": 3, "designer": 2}, [("design", "exact"), ("designer", "form")]),
        ("kuberntes", {"kubernetes": 4}, [("kubernetes", "typo")]),
        ("manger", {"manager": 40, "manger": 1}, [("manger", "exact"), ("manager", "typo")]),
        ("sales", {"sales": 30, "sables": 40}, [("sales", "exact")]),
        ("meta", {"beta": 50, "metallbau": 4}, []),
        ("entwickler", {"softwareentwickler": 1}, [("softwareentwickler", "form")]),
        ("fundraising", {"fundraiser": 1}, [("fundraiser", "form")]),
        ("internal", {"internet": 9}, []),
        ("teh", {"the": 9}, []),
        ("desinger", {"designer": 3}, [("designer", "typo")]),
    ],
)  # fmt: skip
def test_words_can_be_meant_by_others(
    word: str, near: dict[str, int], expected: list[tuple[str, str]]
) -> None:
    found = question.variants(word, near)
    assert [(variant.word, variant.kind) for variant in found] == expected


def test_a_slip_of_the_fingers_is_nearer_than_another_ending() -> None:
    found = question.variants("translatoin", {"translation": 5, "translators": 5})
    assert found == [Variant("translation", 0.8, "typo"), Variant("translators", 0.6, "form")]


def test_the_nearest_misspellings_alone_are_meant() -> None:
    found = question.variants("kuberntees", {"kubernetes": 5, "cubernetes": 9})
    assert found == [Variant("kubernetes", 0.8, "typo")]


def test_the_user_adds_words_beside_the_database(tmp_path: Path) -> None:
    database = tmp_path / "network.duckdb"
    (tmp_path / "network.synonyms.tsv").write_text(
        "# mine\nchaos wrangler\tproject manager\n", encoding="utf-8"
    )
    extras = lists.extras_beside(database)
    assert extras == Extras(("chaos wrangler\tproject manager",), ())
    (concept,) = question.read("Chaos Wrangler", lists.synonyms(extras))
    assert ("project", "manager") in [way.words for way in concept.ways]


def test_a_list_that_is_no_text_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "network.aliases.tsv").write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(UsageError, match=r"network\.aliases\.tsv cannot be read"):
        lists.extras_beside(tmp_path / "network.duckdb")
