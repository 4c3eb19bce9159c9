"""Merged people as vCard 3.0, one clean card each; vobject writes and validates.

Several owners, categories and other versions are not served here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import vobject

from notworking.queries import query

if TYPE_CHECKING:
    import duckdb

#: Phones understand a birthday without a year in this form; vCard 3.0 itself has none.
_NO_YEAR = "1604"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Person:
    """What goes on a card."""

    uid: str
    name: str
    given: str | None
    family: str | None
    company: str | None
    title: str | None
    birthday: str | None
    emails: list[str]
    phones: list[str]
    urls: list[str]


def all_cards(con: duckdb.DuckDBPyConnection) -> str:
    """Return every person as one vCard file."""
    return "".join(card(person) for person in people(con))


def people(con: duckdb.DuckDBPyConnection) -> list[Person]:
    """Return the people of the database, the owners left out, in the order of their names."""
    return [
        # The smallest contact outlives renumbering, so a second export updates the same card.
        Person(f"notworking-{contact}", name, *rest)
        for _, name, *rest, contact in con.execute(query("people_for_cards")).fetchall()
    ]


def card(person: Person) -> str:
    """Return one person as a vCard 3.0.

    Raises:
        vobject.base.ValidateError: The card would not be valid.
    """
    made: Any = vobject.vCard()
    made.add("version").value = "3.0"
    made.add("uid").value = person.uid
    made.add("fn").value = _line(person.name)
    made.add("n").value = _structured(person)
    if person.company:
        made.add("org").value = [_line(person.company)]
    if person.title:
        made.add("title").value = _line(person.title)
    for kind, values in (("email", person.emails), ("tel", person.phones), ("url", person.urls)):
        for value in values:
            made.add(kind).value = _line(value)
    if person.birthday:
        _add_birthday(made, person.birthday)
    made.validate(raiseException=True)
    text: str = made.serialize()
    return text


def _structured(person: Person) -> Any:
    """Return the parts of a name; where no source has them, the last word is the family name."""
    given, family = person.given, person.family
    if not (given or family):
        *front, last = person.name.split()
        given, family = " ".join(front), last
    return vobject.vcard.Name(family=_line(family or ""), given=_line(given or ""))


def _add_birthday(made: Any, birthday: str) -> None:
    field = made.add("bday")
    if birthday.startswith("--"):
        field.value = f"{_NO_YEAR}-{birthday[2:]}"
        field.params["X-APPLE-OMIT-YEAR"] = [_NO_YEAR]
    else:
        field.value = birthday


def _line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
