"""Words inside pictures and tables: people that open, figures that lead to their query."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from notworking.report.answers import Row
from notworking.report.columns import number_column, numbers_column
from notworking.report.markup import Child, Markup, join, tag
from notworking.report.people import NAMELESS, People, Person, source_name

#: Columns that hold a part of one, by name or ending.
_SHARES = frozenset(
    {
        *("share", "low", "high", "ratio", "alive", "private", "small_group", "large_group"),
        *("in_person", "same_as_you", "overlap", "expected_share", "observed_share", "chance"),
        *("initiated_by_me", "reciprocity", "share_now", "share_before"),
    }
)


def person_of(row: Row, people: People, key: str = "name") -> Person | None:
    """Return whom a column of a row names: by their number, where the row has it, else by name."""
    person_id = row.get(number_column(key))
    if person_id in people.by_id:
        return people.by_id[person_id]
    return people.by_name.get(row.get(key) or "")


def people_of(row: Row, column: str, people: People) -> list[Person | str]:
    """Return whom a list in a row names; those who are not in the page stay words."""
    found = row[column] or []
    known = row.get(numbers_column(column)) or []
    ids = known if len(known) == len(found) else [None] * len(found)
    return [
        people.by_id.get(person_id) or people.by_name.get(name or "") or name or NAMELESS
        for person_id, name in zip(ids, found, strict=True)
    ]


def who(row: Row, people: People, key: str = "name") -> Markup:
    """Return a button that opens the card of whom a row is about."""
    person = person_of(row, people, key)
    return named(person) if person else tag("bdi", row.get(key) or NAMELESS)


def named(person: Person) -> Markup:
    """Return a button that opens somebody's card."""
    return tag("button", tag("bdi", person.name), type="button", class_="who", data_p=person.place)


def names(row: Row, column: str, people: People, most: int = 5) -> Markup:
    """Return several people in a row."""
    found = people_of(row, column, people)
    shown: list[Child] = []
    for one in found[:most]:
        shown += [tag("bdi", one) if isinstance(one, str) else named(one), ", "]
    more = f" and {len(found) - most:,} more" if len(found) > most else None
    return join([shown[:-1], more])


def figure(value: Child, view: str) -> Markup:
    """Return a figure that leads to the query it comes from."""
    shown = f"{value:,}" if isinstance(value, int) else value
    return tag("a", shown, href=f"#sql-{view}", class_="fig")


def cell(column: str, value: Any) -> str:
    """Return a value as a table shows it."""
    match value:
        case None:
            text = ""
        case bool():
            text = "yes" if value else "no"
        case datetime() | date():
            text = f"{value:%Y-%m-%d}"
        case float() | Decimal():
            text = _decimal(column, float(value))
        case int():
            text = str(value) if column == "year" else f"{value:,}"
        case list() | tuple():
            text = ", ".join(cell(column, item) for item in value)
        case _:
            text = source_name(value) if column in ("source", "sources") else str(value)
    return text


def _decimal(column: str, value: float) -> str:
    if (column in _SHARES or column.endswith(("_share", "_ratio"))) and 0 <= value <= 1:
        return f"{value:.0%}"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def heading(column: str) -> str:
    """Return the name of a column as words."""
    return column.replace("_", " ")


def percent(share: float | None) -> str:
    """Return a share as per cent; a dash where there is none."""
    return "–" if share is None else f"{share:.0%}"


def day(at: datetime | date | None) -> str:
    """Return a day, or a dash."""
    return "–" if at is None else f"{at:%Y-%m-%d}"
