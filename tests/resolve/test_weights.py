from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from notworking.resolve.weights import scale, weight
from notworking.resolve.words import roots

DATA = files("notworking.resolve").joinpath("data")
ROOM = files("notworking.resolve")
TABLES = tomllib.loads(DATA.joinpath("weights.toml").read_text("utf-8"))


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_says_why_and_where_from(table: str) -> None:
    assert TABLES[table]["reason"].endswith(".")
    assert "measured" in TABLES[table]["source"] or "reasoned" in TABLES[table]["source"]


def test_every_weight_is_used_and_no_other_is_asked_for() -> None:
    code = "".join(p.read_text("utf-8") for p in ROOM.iterdir() if p.name.endswith(".py"))
    named = set(re.findall(r'"([a-z_]+)"', code))
    named |= {f"{field}_most" for field in ("company", "town", "dates", "opening")}
    there = {k for t in TABLES.values() for k in t} - {"reason", "source"}
    assert there - named == set()
    asked = re.findall(r'(?:weight|scale)\("([a-z_]+)", "([a-z_]+)"\)', code)
    assert [pair for pair in asked if pair[1] not in TABLES[pair[0]]] == []


def test_a_number_and_a_list_are_not_mistaken_for_one_another() -> None:
    assert weight("given", "equal") == 0.8
    assert scale("shared", "mail")[0] == 5.5
    with pytest.raises(TypeError, match=r"\[shared\] mail is not a number"):
        weight("shared", "mail")
    with pytest.raises(TypeError, match=r"\[given\] equal is not a list"):
        scale("given", "equal")


@pytest.mark.parametrize(
    "name", sorted(p.name for p in DATA.iterdir() if p.name[-4:] in (".txt", ".tsv"))
)
def test_every_word_list_says_what_it_is_for(name: str) -> None:
    text = DATA.joinpath(name).read_text("utf-8")
    assert text.startswith("# ")
    words = [line.split("#")[0] for line in text.splitlines()]
    assert "".join(words) == "".join(words).lower()


def test_nickname_groups_are_not_joined_to_one_another() -> None:
    found = roots()
    assert not found["sandy"].isdisjoint(found["alexander"])
    assert not found["sandy"].isdisjoint(found["sandra"])
    assert found["alexander"].isdisjoint(found["sandra"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("robert", "bob"),
        ("katarzyna", "kasia"),
        ("jose", "pepe"),
        ("aleksandr", "sasha"),
        ("giuseppe", "beppe"),
        ("francisco", "chico"),
        ("johannes", "hannes"),
        ("muhammad", "mohammed"),
        ("yulia", "julia"),
        ("dmitry", "dima"),
        ("mehmet", "memo"),
        ("venkatesh", "venky"),
    ],
)
def test_short_and_foreign_forms_are_known_in_many_languages(one: str, other: str) -> None:
    assert not roots()[one].isdisjoint(roots()[other])
