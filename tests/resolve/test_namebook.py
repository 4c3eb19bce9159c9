from __future__ import annotations

from typing import Any

import pytest

from notworking.resolve.namebook import complete, find_tags, parse_all, without_tag
from notworking.resolve.names import ALIAS, FULL, MAIL, SINGLE, Name, Written

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


def tags_of(*cards: str, profiles: tuple[str, ...] = (), companies: tuple[str, ...] = ()) -> Any:
    written = [Written(c, is_card=True) for c in cards] + [Written(p) for p in profiles]
    names = parse_all(written)
    return find_tags(names, written, [1] * len(names), companies)


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


def test_a_tag_names_the_employer(book: Any) -> None:
    a = book.add("linkedin", "Ottoline Heathham", company="Quarmby Ltd")
    b = book.add("vcard", "Ottoline Quarmby")
    book.add("vcard", "Wendel Quarmby")
    terms = [r for r in book.resolve().matches.rows(named=True) if r["contact_b"] == b]
    assert [r["contact_a"] for r in terms] == [a]
    assert "same company" in terms[0]["evidence"]
