from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.resolve.namebook import (
    Parsed,
    as_numbers,
    complete,
    find_tags,
    parse_all,
    take_tags,
    without_tag,
)
from notworking.resolve.names import (
    ALIAS,
    FULL,
    MAIL,
    SINGLE,
    Name,
    Written,
    parse_name,
    with_slug,
)

FAMILIES = frozenset({"jones", "quarmby"})


@pytest.mark.parametrize(
    ("address", "family"),
    [
        ("anna.jones@example.com", ("jones",)),
        ("jones.anna@example.com", ("jones",)),
        ("anna_jones84@example.com", ("jones",)),
        ("a.unheard@example.com", ("unheard",)),
        ("annajones@example.com", ("jones",)),
        ("ajones@example.com", ("jones",)),
        ("annaunheard@example.com", ()),
        ("berta.jones@example.com", ()),
        ("anna@example.com", ()),
        ("a1b2c3@example.com", ()),
    ],
)
def test_an_address_gives_a_first_name_its_family_name(
    address: str, family: tuple[str, ...]
) -> None:
    found = complete(Name(("anna",), kind=SINGLE), address, FAMILIES)
    assert (found.given, found.family) == (("anna",), family)
    assert found.kind == (MAIL if family else SINGLE)


def test_an_address_names_who_has_no_name() -> None:
    mom = Name(kind=ALIAS, alias="mom")
    assert complete(mom, "maria.rossi@example.com", FAMILIES) == Name(
        ("maria",), ("rossi",), kind=MAIL
    )
    assert complete(mom, "mrossi@example.com", FAMILIES) == mom


def test_an_address_changes_no_full_name() -> None:
    name = Name(("anna",), ("smith",), kind=FULL)
    assert complete(name, "anna.jones@example.com", FAMILIES) == name


def read(written: list[Written], owner: int = 1) -> Parsed:
    table = pl.DataFrame(written, schema=Written._fields, orient="row")
    return parse_all(table.with_columns(owner=pl.lit(owner)))


def names_of(parsed: Parsed) -> list[Name]:
    """Return every row's name, whether it stands in the columns or apart."""
    rows = parsed.rows.select("given", "family").rows()
    return [
        parsed.others.get(row, Name((first,), (last,), kind=FULL))
        for row, (first, last) in enumerate(rows)
    ]


WORDS = ["anna", "Müller", "Mueller", "王小明", "김", "Юлия", "Jr", "de", "PhD", "mom", "O'Hara"]
WORDS += ["B.", "Anne-Marie", "Smith,", "(Jones)", '"Bob"', "JosÃ©", "plumber", "🎉", "Lee", "x"]
word = st.one_of(st.sampled_from(WORDS), st.text(max_size=8))
text = st.lists(word, max_size=4).map(" ".join)
slug = st.lists(st.sampled_from(["anna", "muller", "jones", "b2", "3f", "mba", "é"]), max_size=4)
one = st.builds(
    Written, text, text, text, st.sampled_from(["", "Bo"]), slug.map("-".join), st.booleans()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(one, min_size=1, max_size=6))
def test_reading_names_in_columns_equals_reading_them_one_by_one(written: list[Written]) -> None:
    expected = [with_slug(parse_name(w._replace(slug="")), w.slug) for w in written]
    parsed = read(written)
    assert names_of(parsed) == expected
    number, names = as_numbers(parsed)
    assert [[n == m for n in expected] for m in expected] == (
        number[:, None] == number[None, :]
    ).tolist()
    words = names.vocabulary.words
    for place, name in zip(number.tolist(), expected, strict=True):
        assert [words[w] for w in names.family[place] if w >= 0] == list(name.family)
        assert [words[w] for w in names.others[place] if w >= 0] == list(name.others[:5])
        assert [words[w] for w in names.given[place, :1] if w >= 0] == list(name.given[:1])
        assert names.kind[place] == name.kind


def tags_of(*cards: str, profiles: tuple[str, ...] = (), companies: tuple[str, ...] = ()) -> Any:
    written = [Written(c, is_card=True) for c in cards] + [Written(p) for p in profiles]
    return find_tags(read(written), companies)


def test_a_company_behind_first_names_is_a_tag() -> None:
    assert tags_of("Anna Acme", "Berta Acme", companies=("acme",)) == {(1, "acme")}
    assert tags_of("Anna Acme", "Berta Acme") == frozenset()
    assert tags_of("Anna Acme", companies=("acme",)) == frozenset()


def test_a_name_that_people_bear_on_their_profile_is_no_tag() -> None:
    cards = ("Anna Ford", "Berta Ford")
    assert tags_of(*cards, profiles=("Carl Ford",), companies=("ford",)) == frozenset()


def test_a_word_behind_ten_first_names_is_a_tag() -> None:
    given = ["Ada", "Bo", "Cy", "Dag", "Eli", "Flo", "Gus", "Ida", "Jil", "Kai"]
    assert tags_of(*(f"{g} Rotary" for g in given)) == {(1, "rotary")}


def test_a_tag_is_taken_off_its_owners_cards_only() -> None:
    name = Name(("anna",), ("acme",), kind=FULL)
    assert without_tag(name, frozenset({(1, "acme")}), 1) == (Name(("anna",), kind=SINGLE), "acme")
    assert without_tag(name, frozenset({(1, "acme")}), 2) == (name, "")


def test_a_tag_is_taken_off_plain_and_other_names_alike() -> None:
    parsed = read([Written(name, is_card=True) for name in ("Anna Acme", "Bo Smith Acme", "Acme")])
    parsed, taken = take_tags(parsed, frozenset({(1, "acme")}))
    assert taken == {0: "acme", 1: "acme"}
    assert names_of(parsed)[:2] == [
        Name(("anna",), kind=SINGLE),
        Name(("bo", "smith"), (), ("smith",), kind=SINGLE),
    ]


def test_a_tag_names_the_employer(book: Any) -> None:
    a = book.add("linkedin", "Ottoline Heathham", company="Quarmby Ltd")
    b = book.add("vcard", "Ottoline Quarmby")
    book.add("vcard", "Wendel Quarmby")
    terms = [r for r in book.resolve().matches.rows(named=True) if r["contact_b"] == b]
    assert [r["contact_a"] for r in terms] == [a]
    assert "same company" in terms[0]["evidence"]
