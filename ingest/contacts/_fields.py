"""One row to its fields: cells by what they mean, with the kind each one is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from notworking.ingest.contacts._values import addresses, clean, digits_of, is_phone, parts
from notworking.ingest.contacts.columns import Column

#: Fields of which the cell says something of its neighbour only.
_OF_NEIGHBOUR = frozenset({"label", "service"})
_NAMES = ("full_name", "given_name", "family_name")
_UNUSED = frozenset({"unknown", "ignore", "private"})
#: Words for kinds that mean the same in every source, written alike everywhere.
_COMMON_LABELS = frozenset(
    {
        *("home", "work", "mobile", "main", "other", "school"),
        *("fax", "home fax", "work fax", "pager", "primary", "car"),
    }
)
#: Outlook's types of address say how mail gets there, not whose address it is.
_TRANSPORTS = frozenset({"smtp", "ex"})
_STAR = re.compile(r"\*\s*")
#: An address inside an Exchange server, which nobody outside can use.
_EXCHANGE = re.compile(r"/o=", re.I)


class Cell(NamedTuple):
    """One value, its kind, and the block of columns it stands in."""

    value: str
    label: str
    block: str


#: Values by field, in the order of the columns.
Fields = dict[str, list[Cell]]
#: Position of a column and what it is.
Plan = tuple[tuple[int, Column], ...]


def plan_of(columns: Iterable[Column], wanted: frozenset[str] | None = None) -> Plan:
    """Return the columns that are read, or those of them with one of the wanted fields."""
    return tuple(
        (index, column)
        for index, column in enumerate(columns)
        if column.field not in _UNUSED and (wanted is None or column.field in wanted)
    )


def gather(plan: Plan, cells: Sequence[str]) -> Fields:
    """Return the values of one row by field."""
    found: list[tuple[Column, str]] = []
    labels: dict[str, str] = {}
    width = len(cells)
    for index, column in plan:
        cell = cells[index] if index < width else ""
        if not cell:
            continue
        if column.field in _OF_NEIGHBOUR:
            # The service of an instant messenger says more than its type, and comes after it.
            labels[column.block] = kind_of(cell) or labels.get(column.block, "")
            continue
        text = clean(cell)
        if text:
            found.append((column, text))
    fields: Fields = {}
    for column, text in found:
        label = labels.get(column.block) or column.label
        values = [Cell(value, label, column.block) for value in parts(text)]
        if values:
            fields.setdefault(column.field, []).extend(values)
    _move_misplaced(fields)
    return fields


def _move_misplaced(fields: Fields) -> None:
    """Put an address or number that stands where the name belongs where it belongs."""
    for name in _NAMES:
        for cell in fields.get(name, ())[:1]:
            channel = "email" if is_address(cell.value) else "phone"
            if channel == "phone" and not is_phone(cell.value):
                continue
            del fields[name]
            digits = {digits_of(known.value) for known in fields.get("phone", ())}
            if channel == "email" or digits_of(cell.value) not in digits:
                fields.setdefault(channel, []).append(Cell(cell.value, "", ""))


def kind_of(label: str) -> str:
    """Return a label without Google's star, which marks its own words and the main address.

    >>> kind_of("* Work"), kind_of("* "), kind_of("Boat")
    ('work', 'primary', 'Boat')
    """
    text = label.strip()
    if text == "*":
        return "primary"
    text = _STAR.sub("", clean(text), count=1) if text.startswith("*") else clean(text)
    lower = text.lower()
    if lower in _TRANSPORTS:
        return ""
    return lower if lower in _COMMON_LABELS else text


def first(fields: Fields, *names: str) -> str:
    """Return the first value of the first field that has one; empty without."""
    return next((fields[name][0].value for name in names if name in fields), "")


def emails(fields: Fields) -> list[tuple[str, str]]:
    """Return the addresses of a row with their kinds, each once."""
    shown = {cell.block: cell.value for cell in fields.get("email_display", ())}
    found: dict[str, str] = {}
    for cell in fields.get("email", ()):
        written = addresses(cell.value) or addresses(shown.get(cell.block, ""))
        if not written and not _EXCHANGE.match(cell.value):
            written = [cell.value]
        for address in written:
            found.setdefault(address, cell.label)
    return list(found.items())


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address and nothing else."""
    return addresses(text) == [text]
