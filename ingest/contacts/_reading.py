"""A whole table of people: surveyed once, then read row by row.

Two things a row alone cannot say are gathered first: which addresses stand on rows of different
names, and in which order the file writes day and month. Both passes stream the file.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from notworking.ingest.contacts import _dates
from notworking.ingest.contacts._fields import first, gather, plan_of
from notworking.ingest.contacts._headers import normal
from notworking.ingest.contacts._naming import is_turned, read_names
from notworking.ingest.contacts._person import Table, read_row
from notworking.ingest.contacts._points import identifier
from notworking.ingest.contacts._sheet import (
    Sheet,
    data_rows,
    find_sheet,
    is_office_file,
    sample,
)
from notworking.ingest.contacts._values import name_key
from notworking.ingest.contacts.columns import Column, described, guess_columns
from notworking.ingest.importer import HEAD_SIZE, Content, base_name
from notworking.records import Contact, Notice, Record, Reject

_DATED = ("birthday", "anniversary", "connected_on")
_SURVEYED = frozenset(
    {
        *("full_name", "given_name", "middle_name", "family_name", "nickname", "maiden_name"),
        *("file_as", "email", "email_display", "phone", "label", *_DATED),
    }
)
#: One of them makes a table one of people.
_NEEDED = frozenset({"full_name", "given_name", "family_name", "email", "phone"})
_MOST_TURNED = 0.6
_COLLECTED_FILE = re.compile(r"collected|gesammelte|suggested|autocomplete", re.I)
_SCANNED_FILE = re.compile(
    r"camcard|scannable|business.?cards?|visitenkarten|card.?scan|abbyy", re.I
)
_SCANNED_COLUMNS = frozenset(
    normal(name)
    for name in (
        "Business Card",
        "Business Card Image",
        "Card Image",
        "Card Front",
        "Card Back",
        "Scanned On",
        "Scan Date",
        "Date Scanned",
        "Visitenkarte",
    )
)
#: So many identifiers are looked through for those that several people share.
MOST_IDENTIFIERS = 3_000_000
SAVE_AS_CSV = (
    "this is a spreadsheet file: open it in a spreadsheet program, save the sheet with the people"
    " as CSV in UTF-8, and import that file"
)
NO_TABLE = "no line with the names of columns was found: the first line must name them"


class _Everything(Container[str]):
    """What all identifiers are in: with millions of them, which ones are shared is not known."""

    def __contains__(self, _identifier: object) -> bool:
        return True


@dataclass(slots=True)
class _Survey:
    # Numbers in place of addresses and names: a table may have millions of rows.
    names: dict[int, int] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    too_many: bool = False
    orders: set[str] = field(default_factory=set)
    whole: int = 0
    turned: int = 0

    def meet(self, found: str, key: str) -> None:
        """Note who has an identifier; a row without a name is no other person than one with it."""
        if not key or self.too_many:
            return
        mark = _number(key, 3)
        if self.names.setdefault(_number(found, 7), mark) != mark:
            self.shared.add(found)
        self.too_many = len(self.names) > MOST_IDENTIFIERS


def read_table(
    content: Content,
    path: str,
    rules: Mapping[str, str],
    *,
    told: bool = False,
) -> Iterator[Record]:
    """Yield the contacts of a file, then what should be said about it.

    Args:
        content: The file.
        path: Where it lies in the export; a few names say where the addresses come from.
        rules: Columns that are known: name to field, as ``guess_columns`` takes them.
        told: Whether the user is told what every column was taken for.
    """
    with content.open() as stream:
        head = stream.read(HEAD_SIZE)
    if is_office_file(head):
        yield Reject("file", SAVE_AS_CSV)
        return
    sheet = find_sheet(head, frozenset(map(normal, rules)) if told else frozenset())
    if sheet is None:
        yield Reject("file", NO_TABLE)
        return
    columns = guess_columns(sheet.header, sample(content, sheet), rules)
    if not any(column.field in _NEEDED for column in columns):
        yield Reject("file", f"no column of names, e-mail or phone in it ({described(columns)})")
        return
    table = _survey(content, sheet, _table(columns, path))
    yield from _rows(content, sheet, table)
    if told:
        yield Notice(f"read as: {described(columns)}")
    elif unknown := [column.name for column in columns if column.name and not column.why]:
        yield Notice(f"columns that are not understood: {', '.join(unknown)}")


def _table(columns: tuple[Column, ...], path: str) -> Table:
    name = base_name(path)
    scanned = _SCANNED_FILE.search(name) is not None
    scanned = scanned or any(normal(column.name) in _SCANNED_COLUMNS for column in columns)
    return Table(
        columns,
        collected=_COLLECTED_FILE.search(name) is not None,
        relation="card" if scanned else "address_book",
    )


def _survey(content: Content, sheet: Sheet, table: Table) -> Table:
    """Return the table with what only the whole file can say."""
    survey = _Survey()
    plan = plan_of(table.columns, _SURVEYED)
    for row in data_rows(content, sheet):
        fields = gather(plan, row.cells)
        whole = first(fields, "full_name")
        survey.whole += bool(whole)
        survey.turned += is_turned(whole)
        for name in _DATED:
            order = _dates.order(first(fields, name))
            if order is not None:
                survey.orders.add(order)
        found = identifier(fields)
        if found is not None:
            called = read_names(fields, turned=False, collected=table.collected).full
            survey.meet(found, name_key(called) if called else "")
    return replace(
        table,
        shared=_Everything() if survey.too_many else frozenset(survey.shared),
        order=survey.orders.pop() if len(survey.orders) == 1 else None,
        turned=survey.turned > _MOST_TURNED * survey.whole,
    )


def _number(text: str, size: int) -> int:
    """Return a number of so many bytes that stands for a text."""
    named = text.encode("utf-8", "replace")
    return int.from_bytes(blake2b(named, digest_size=size).digest(), "big")


def _rows(content: Content, sheet: Sheet, table: Table) -> Iterator[Record]:
    plan = table.plan()
    dates = plan_of(table.columns, frozenset({"birthday"}))
    unsure = surplus = 0
    for row in data_rows(content, sheet):
        if not any(map(str.strip, row.cells)):
            continue
        record = read_row(row, table, plan)
        if isinstance(record, Contact):
            surplus += any(row.cells[len(sheet.header) :])
            unsure += _dates.is_unsure(first(gather(dates, row.cells), "birthday"), table.order)
        yield record
    if unsure:
        yield Notice(
            "birthdays left out, because nothing in the file says whether day or month is first:"
            f" {unsure}"
        )
    if surplus:
        yield Notice(f"rows with more cells than the header has names: {surplus}")
