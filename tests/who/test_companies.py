"""Names of companies are the same, longer, or different: by whole words."""

from __future__ import annotations

import pytest

from notworking.seek import companies
from notworking.seek.lists import Extras

NONE = Extras()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Example Tools, Inc.", ("example", "tools")),
        ("Sample Docks S.p.A.", ("sample", "docks")),
        ("Sample Docks S. p. A.", ("sample", "docks")),
        ("Beispiel GmbH & Co. KG", ("beispiel",)),
        ("Kestrel & Loam", ("kestrel", "loam")),
        ("Kestrel and Loam", ("kestrel", "loam")),
        ("L'Exemple SARL", ("lexemple",)),
        ("Group Holding", ("group", "holding")),
        ("Freelance", ()),
        ("Self-employed", ()),
        ("Übungs-Müller AG", ("ubungs", "muller")),
    ],
)
def test_legal_forms_do_not_tell_companies_apart(name: str, words: tuple[str, ...]) -> None:
    assert companies.name_words(name) == words


@pytest.mark.parametrize(
    ("asked", "company", "expected"),
    [
        ("Meta", "Metallbau Schmied GmbH", None),
        ("Meta", "META Platforms, Inc.", "same"),
        ("Meta", "Facebook", "same"),
        ("facebook", "Meta", "same"),
        ("Google", "Google Germany GmbH", "longer"),
        ("X", "Xylophone Works", None),
        ("X", "Factor X Studios", None),
        ("Twitter", "Factor X Studios", None),
        ("Sample", "Sample Boats", "longer"),
        ("Boats Sample", "Sample Boats", None),
        ("Sample Boats", "Sample", None),
        ("IBM", "International Business Machines Corp.", "same"),
        ("Freelance", "Freelance", None),
    ],
)
def test_companies_are_compared_by_whole_words(
    asked: str, company: str, expected: str | None
) -> None:
    assert companies.likeness(company, companies.names_of(asked, NONE)) == expected


def test_the_users_aliases_come_on_top() -> None:
    extras = Extras(aliases=("Example Tools\tThe Old Forge",))
    names = companies.names_of("Old Forge", extras)
    assert companies.likeness("Example Tools Inc.", names) == "same"
    assert companies.likeness("Example Tools Inc.", companies.names_of("Old Forge", NONE)) is None


def test_the_nearest_names_come_once_and_in_order() -> None:
    found = companies.nearest("Norhwind", ["Northwind GmbH", "Northwind", "Nordwind AG", "Zebra"])
    assert [name for name, _ in found] == ["Northwind", "Nordwind AG"]
    assert companies.is_misspelling(found[0][1])
    assert companies.nearest("Norhwind", []) == []
