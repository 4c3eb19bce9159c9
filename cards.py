"""Merged people as vCards, one clean card each, for the phone and for every other address book.

Version 3.0 unless 4.0 is wanted (RFC 2426, RFC 6350). Identifiers are stable, so that a second
export updates the same cards. Pictures are not handed back, since they are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notworking.errors import UsageError
from notworking.folding import escaped, line, one_line
from notworking.queries import query

if TYPE_CHECKING:
    import duckdb

#: Phones understand a birthday without a year in this form; vCard 3.0 itself has none.
_NO_YEAR = "1604"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
#: Words of sources for a kind of number or address, and the vCard type of it.
_TYPES = (
    ("cell", ("mobile", "cell", "mobil", "handy", "iphone", "portable", "móvil")),
    ("work", ("work", "business", "office", "arbeit", "geschäftlich", "dienstlich", "travail")),
    ("home", ("home", "private", "privat", "personal", "domicile", "casa")),
)


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach somebody, with what its source calls it."""

    value: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What goes on a card."""

    uid: str
    name: str
    given: str | None = None
    family: str | None = None
    company: str | None = None
    title: str | None = None
    birthday: str | None = None
    emails: tuple[Reach, ...] = ()
    phones: tuple[Reach, ...] = ()
    urls: tuple[Reach, ...] = ()
    addresses: tuple[Reach, ...] = ()
    categories: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose cards, which, and with what on them.

    Attributes:
        owner_id: One owner's people; None: everybody's.
        only: A condition in SQL over the columns of people and ties; None: all.
    """

    owner_id: int | None = None
    only: str | None = None
    with_notes: bool = False
    version: str = "3.0"


def all_cards(con: duckdb.DuckDBPyConnection, choice: Choice | None = None) -> str:
    """Return every person chosen as one vCard file."""
    choice = choice or Choice()
    return "".join(card(person, choice.version) for person in people(con, choice))


def people(con: duckdb.DuckDBPyConnection, choice: Choice) -> list[Person]:
    """Return the people of the database, the owners left out, in the order of their names.

    Raises:
        UsageError: The condition is none.
    """
    wanted = chosen(con, choice.only, choice.owner_id)
    rows = con.execute(query("people_for_cards"), {"owner": choice.owner_id}).fetchall()
    return [_person(row, with_notes=choice.with_notes) for row in rows if row[0] in wanted]


def chosen(con: duckdb.DuckDBPyConnection, only: str | None, owner_id: int | None) -> set[int]:
    """Return the people for whom a condition of the user's holds.

    Raises:
        UsageError: The engine refuses the condition.
    """
    import duckdb  # noqa: PLC0415 (heavy, and cards are built without it)

    select = query("people_chosen").replace("{condition}", "true" if only is None else only)
    try:
        if len(con.extract_statements(select)) != 1:
            raise UsageError(f"--only takes one condition, not a statement: {only}")
        rows = con.execute(select, {"owner": owner_id}).fetchall()
    except duckdb.Error as error:
        raise UsageError(
            f"--only is a condition over the columns of people and ties, such as "
            f"\"class <> 'card' and company is not null\"; '{only}' is none: {error}"
        ) from error
    return {int(person_id) for (person_id,) in rows}


def _person(row: tuple[Any, ...], *, with_notes: bool) -> Person:
    (_, name, given, family, company, title, birthday, *points, classes, tags, notes, contact) = row
    emails, phones, urls, addresses = map(_reaches, points)
    return Person(
        # A contact outlives renumbering of people, so a second export updates the same card.
        f"notworking-{contact}",
        name,
        given,
        family,
        company,
        title,
        birthday,
        emails,
        phones,
        urls,
        addresses,
        categories=(*_texts(classes), *_texts(tags)),
        notes=_texts(notes) if with_notes else (),
    )


def _texts(values: list[str] | None) -> tuple[str, ...]:
    return tuple(values or ())


def _reaches(points: list[dict[str, str]] | None) -> tuple[Reach, ...]:
    return tuple(Reach(point["value"], point["label"]) for point in points or ())


def card(person: Person, version: str = "3.0") -> str:
    """Return one person as a vCard.

    vobject writes and validates version 3.0, which phones take; it does not know 4.0, whose lines
    are written here.

    Raises:
        vobject.base.ValidateError: The card would not be valid.
    """
    if version == "3.0":
        return _three(person)
    return "".join(
        [line("BEGIN", "VCARD"), line("VERSION", version), *_lines(person), line("END", "VCARD")]
    )


def _three(person: Person) -> str:
    import vobject  # noqa: PLC0415 (only this command needs it)

    made: Any = vobject.vCard()
    family, given = _name_parts(person)
    made.add("version").value = "3.0"
    made.add("uid").value = person.uid
    made.add("fn").value = _plain(person.name)
    made.add("n").value = vobject.vcard.Name(family=family, given=given)
    if person.company:
        made.add("org").value = [_plain(person.company)]
    if person.title:
        made.add("title").value = _plain(person.title)
    for name, reaches in (("email", person.emails), ("tel", person.phones), ("url", person.urls)):
        for reach in reaches:
            _add(made, name, _plain(reach.value), None if name == "url" else _kind(reach.label))
    for address in person.addresses:
        street = vobject.vcard.Address(street=_plain(address.value))
        _add(made, "adr", street, _kind(address.label))
    if person.birthday:
        _add_birthday(made, person.birthday)
    if person.categories:
        made.add("categories").value = [_plain(c) for c in person.categories]
    for note in person.notes:
        made.add("note").value = _CONTROL.sub(" ", note)
    made.validate(raiseException=True)
    text: str = made.serialize()
    return text


def _add(made: Any, name: str, value: Any, kind: str | None) -> None:
    field = made.add(name)
    field.value = value
    if kind:
        field.type_param = kind.upper()


def _add_birthday(made: Any, birthday: str) -> None:
    field = made.add("bday")
    if birthday.startswith("--"):
        field.value = f"{_NO_YEAR}-{birthday[2:]}"
        field.params["X-APPLE-OMIT-YEAR"] = [_NO_YEAR]
    else:
        field.value = birthday


def _plain(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _lines(person: Person) -> Iterator[str]:
    yield line("UID", escaped(person.uid))
    yield line("FN", one_line(person.name))
    yield line("N", ";".join([*map(one_line, _name_parts(person)), "", "", ""]))
    if person.company:
        yield line("ORG", one_line(person.company))
    if person.title:
        yield line("TITLE", one_line(person.title))
    yield from _reach_lines(person)
    if person.birthday:
        yield line("BDAY", _compact(person.birthday))
    if person.categories:
        yield line("CATEGORIES", ",".join(one_line(c) for c in person.categories))
    for note in person.notes:
        yield line("NOTE", escaped(note))


def _name_parts(person: Person) -> tuple[str, str]:
    """Return family and given name; where no source has them, the last word is the family name."""
    given, family = person.given, person.family
    if not (given or family):
        *front, last = person.name.split()
        given, family = " ".join(front), last
    return _plain(family or ""), _plain(given or "")


def _reach_lines(person: Person) -> Iterator[str]:
    for name, reaches in (("EMAIL", person.emails), ("TEL", person.phones)):
        for reach in reaches:
            yield line(name + _type(reach.label), one_line(reach.value))
    for url in person.urls:
        # A URI is no text: nothing in it is escaped, and nothing in it may break the line.
        yield line("URL", "".join(url.value.split()))
    for address in person.addresses:
        yield line("ADR" + _type(address.label), f";;{escaped(address.value)};;;;")


def _type(label: str | None) -> str:
    kind = _kind(label)
    return f";TYPE={kind}" if kind else ""


def _kind(label: str | None) -> str | None:
    """Return what vCard calls the kind of number or address that a source's words mean."""
    words = (label or "").casefold()
    for kind, known in _TYPES:
        if any(word in words for word in known):
            return kind
    return None


def _compact(birthday: str) -> str:
    """Return a birthday as version 4.0 has it: ``19840229``, or ``--0205`` without a year."""
    if birthday.startswith("--"):
        return "--" + birthday[2:].replace("-", "")
    return birthday.replace("-", "")
