"""Merged people as a spreadsheet that Google Contacts or Outlook imports."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from notworking.cards import Person, Reach
from notworking.output import guarded

_NUMERIC = re.compile(r"[-+0-9]+")


def text(people: Iterable[Person], layout: str) -> str:
    """Return people in the columns of ``google`` or ``outlook``."""
    rows = [_google(person) if layout == "google" else _outlook(person) for person in people]
    columns = list(dict.fromkeys(name for row in [_heads(layout), *rows] for name in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items() if value} for row in rows)
    return stream.getvalue()


def _cell(value: str) -> str:
    """Return a value that no spreadsheet runs.

    Numbers in E.164 and birthdays without a year begin with a sign, and must keep it; of digits and
    signs alone nothing worse than a sum can be made.
    """
    return value if _NUMERIC.fullmatch(value) else guarded(value)


def _heads(layout: str) -> dict[str, str]:
    """Return the columns that are there even where nobody fills them."""
    somebody = Person("", "A B")
    return _google(somebody) if layout == "google" else _outlook(somebody)


def _names(person: Person) -> tuple[str, str]:
    if person.given or person.family:
        return person.given or "", person.family or ""
    *front, last = person.name.split()
    return " ".join(front), last


def _google(person: Person) -> dict[str, str]:
    given, family = _names(person)
    row = {
        "First Name": given,
        "Last Name": family,
        "File As": person.name,
        "Organization Name": person.company or "",
        "Organization Title": person.title or "",
        "Birthday": person.birthday or "",
        "Notes": "\n".join(person.notes),
        "Labels": " ::: ".join(["* myContacts", *person.categories]),
    }
    return row | {
        **_numbered("E-mail {} - Label", "E-mail {} - Value", person.emails),
        **_numbered("Phone {} - Label", "Phone {} - Value", person.phones),
        **_numbered("Address {} - Label", "Address {} - Formatted", person.addresses),
        **_numbered("Website {} - Label", "Website {} - Value", person.urls),
    }


def _numbered(label: str, value: str, reached: Sequence[Reach]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, reach in enumerate(reached, start=1):
        found[label.format(number)] = reach.label or ""
        found[value.format(number)] = reach.value
    return found


def _outlook(person: Person) -> dict[str, str]:
    given, family = _names(person)
    row = {
        "First Name": given,
        "Last Name": family,
        "Company": person.company or "",
        "Job Title": person.title or "",
        "Birthday": _outlook_day(person.birthday),
        "Notes": "\n".join(person.notes),
        "Categories": ";".join(person.categories),
        "Web Page": person.urls[0].value if person.urls else "",
        "Home Street": person.addresses[0].value if person.addresses else "",
    }
    heads = ("E-mail Address", "E-mail 2 Address", "E-mail 3 Address")
    row |= dict(zip(heads, (e.value for e in person.emails), strict=False))
    return row | _outlook_phones(person.phones)


def _outlook_day(birthday: str | None) -> str:
    """Return a birthday as Outlook writes it; it has none without a year."""
    if birthday is None or len(birthday) != 10:
        return ""
    year, month, day = birthday.split("-")
    return f"{int(month)}/{int(day)}/{year}"


def _outlook_phones(phones: Sequence[Reach]) -> dict[str, str]:
    """Return numbers in the columns of their kind, then in whichever is free."""
    columns = {
        "mobile": ["Mobile Phone", "Other Phone", "Primary Phone"],
        "work": ["Business Phone", "Business Phone 2", "Company Main Phone"],
        "home": ["Home Phone", "Home Phone 2", "Car Phone"],
    }
    found: dict[str, str] = {}
    for phone in phones:
        label = (phone.label or "").casefold()
        kind = next((k for k in ("work", "home") if k in label), "mobile")
        order = [*columns[kind], *(c for held in columns.values() for c in held)]
        free = next((c for c in order if c not in found), None)
        if free is not None:
            found[free] = phone.value
    return found
