from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.resolve.names import (
    ALIAS,
    FULL,
    INITIAL,
    NONE,
    SERVICE,
    SINGLE,
    Name,
    Written,
    parse_name,
)


def full(text: str, **fields: object) -> Name:
    return parse_name(Written(text, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "given_name", "family"),
    [
        ("Anna Smith", ("anna",), ("smith",)),
        ("Smith, Anna", ("anna",), ("smith",)),
        ("Anna Smith, PhD", ("anna",), ("smith",)),
        ("Dr. Anna Smith, MBA, PMP", ("anna",), ("smith",)),
        ("Anna Smith Ph.D.", ("anna",), ("smith",)),
        ("Anna Smith (she/her)", ("anna",), ("smith",)),
        ("Edd Smith", ("edd",), ("smith",)),
        ("Prof. Dr. Anna Smith", ("anna",), ("smith",)),
        ("Smith, Dr. Anna", ("anna",), ("smith",)),
        ("Anna Smith MBA", ("anna",), ("smith",)),
        ("Yan Ma", ("yan",), ("ma",)),
        ("Anna Smith, MA", ("anna",), ("smith",)),
        ("Ludwig van den Berg", ("ludwig",), ("berg",)),
        ("Anne-Marie Smith-Jones", ("annemarie",), ("smith", "jones")),
        ("Shaun O'Brien", ("shaun",), ("obrien",)),
        ("Shaun O’Brien", ("shaun",), ("obrien",)),
        ("Ronald Mc Donald", ("ronald",), ("mcdonald",)),
        ("Ronald McDonald", ("ronald",), ("mcdonald",)),
        ("Jürgen Müller", ("jurgen",), ("muller",)),
        ("Juergen Mueller", ("jurgen",), ("muller",)),
        ("🌟 Anna Smith 🌟", ("anna",), ("smith",)),
        ("Дмитрий Соколов", ("dmitriy",), ("sokolov",)),
        ("王小明", ("xiaoming",), ("wang",)),
        ("欧阳小明", ("xiaoming",), ("ouyang",)),
        ("김민준", ("minjun",), ("kim",)),
        ("たなか", ("tanaka",), ()),
        ("サラー", ("sara",), ()),
        ("John R. Smith M.D.", ("john", "r"), ("smith",)),
        ("J.R. Smith", ("j", "r"), ("smith",)),
        ("MÃ¼ller, Anna", ("anna",), ("muller",)),
    ],
)
def test_a_displayed_name_falls_into_its_parts(
    text: str, given_name: tuple[str, ...], family: tuple[str, ...]
) -> None:
    name = full(text)
    assert (name.given, name.family) == (given_name, family)


def test_suffixes_are_kept_apart() -> None:
    assert full("Walter Rowan Jr.") == Name(("walter",), ("rowan",), suffix="jr", kind=FULL)
    assert full("Rowan, Walter, III").suffix == "iii"


def test_a_name_in_brackets_is_another_family_name_or_a_nickname() -> None:
    assert full("Anna Smith (née Jones)").others == ("jones",)
    assert full("Robert (Bob) Smith").nick == ("bob",)
    assert full('Robert "Bob" Smith').nick == ("bob",)


def test_middle_words_may_be_family_names() -> None:
    name = full("Ana García López")
    assert (name.given, name.family, name.others) == (("ana", "garcia"), ("lopez",), ("garcia",))
    apart = parse_name(Written("", "Ana", "García López"))
    assert apart.family == ("garcia", "lopez")


def test_words_of_the_slug_are_family_names_unless_known() -> None:
    assert full("Anna Smith", slug="anna-jones-8a1b").others == ("jones",)
    assert full("Anna Smith", slug="anna-smith-123").others == ()
    assert full("Anna Smith", slug="asmith").others == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Anna Smith", FULL),
        ("Anna S.", INITIAL),
        ("Anna", SINGLE),
        ("Mom", ALIAS),
        ("Mama mobil", ALIAS),
        ("Plumber", SERVICE),
        ("Pizza service", SERVICE),
        ("", NONE),
        ("12345", NONE),
        ("☎️", NONE),
    ],
)
def test_a_card_is_of_one_kind(text: str, kind: int) -> None:
    assert full(text, is_card=True).kind == kind


@pytest.mark.parametrize(
    ("text", "given_name", "family"),
    [
        ("Bob plumber", ("bob",), ()),
        ("Anna Smith work", ("anna",), ("smith",)),
        ("Aunt Mary", ("mary",), ()),
        ("Papa Smith", ("papa",), ("smith",)),
        ("Anna Barber", ("anna",), ("barber",)),
    ],
)
def test_trades_and_kinship_are_taken_off_a_card(
    text: str, given_name: tuple[str, ...], family: tuple[str, ...]
) -> None:
    name = full(text, is_card=True)
    assert (name.given, name.family) == (given_name, family)


def test_a_profile_keeps_a_name_that_is_also_a_trade() -> None:
    assert full("Anna Barber").family == ("barber",)


WORDS = st.sampled_from(
    [
        "Anna",
        "PhD",
        "Juergen",
        "Mueller",
        "mom",
        "Jr",
        "van",
        "Plumber",
        "X",
        "Kim",
        "Gim",
        "MC",
        "Aunt",
    ]
)


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS, st.booleans())
def test_the_short_way_for_plain_names_gives_what_the_long_way_gives(
    first: str, last: str, is_card: bool
) -> None:
    for written in (
        Written(f"{first} {last}", is_card=is_card),
        Written("", first, last, is_card=is_card),
    ):
        # A blank too many takes the long way.
        longer = written._replace(full=f"{first}  {last}", given=first + " " * bool(written.given))
        assert parse_name(written) == parse_name(longer)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30), st.booleans())
def test_any_text_gives_lower_case_latin_words(
    text: str, first: str, last: str, is_card: bool
) -> None:
    for written in (
        Written(text, is_card=is_card),
        Written(text, first, last, text, text, is_card),
    ):
        name = parse_name(written)
        words = (*name.given, *name.family, *name.others, *name.nick)
        assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
        assert parse_name(written) == name


def test_parts_in_signs_are_joined_like_a_whole_name() -> None:
    assert parse_name(Written("王小明", "小明", "王")).given == ("xiaoming",)
    assert parse_name(Written("", "小 明", "王")).given == ("xiaoming",)
