"""Tables of the page: the first rows as markup, all of them as data that the page's script shows.

A cell is packed the same way for both: a text, the place of a person, or a list of these. Texts
that repeat go into the pool of the page, and their cells hold the place below zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from notworking.report.answers import Answer, Row
from notworking.report.charts.words import cell, heading, named, people_of, person_of
from notworking.report.columns import numbers_column
from notworking.report.markup import Child, Markup, join, tag
from notworking.report.packing import Pool
from notworking.report.people import People
from notworking.report.veil import HIDDEN

#: Rows that stand in the page without its script; a few more are not worth a button.
FIRST = 12
_FEW = 20
#: Longer texts need room.
_LONG = 40
#: Columns that only a query needs.
_UNSEEN = frozenset({"owner_id"})
#: Columns that hold the name of a person, besides those that say so.
_NAMES = frozenset(
    {"who", "strongest", "top_speaker", "introducer", "introduced", "reaches", "other", "leans_on"}
)
#: Columns that hold names of people, in databases without their numbers beside them.
_LISTS = frozenset({"names", "who", "bridges", "candidates", "ask_first"})
#: Shorter texts are not worth a place in the pool.
_WORTH_POOLING = 4

Packed = str | int | list[str | int]


def columns(answer: Answer) -> list[str]:
    """Return the columns that people see; a person's number only where there is no name.

    A column of which a redacted page shows nothing at all is left out.
    """
    return [
        name
        for name in answer.columns
        if name not in _UNSEEN
        and not (name == "person_id" and answer.has("name"))
        and not name.endswith("_ids")
        and not _is_hidden(answer, name)
        and (name == "person_id" or not (name.endswith("_id") and _is_number(answer, name)))
    ]


def _is_number(answer: Answer, name: str) -> bool:
    return all(row[name] is None or isinstance(row[name], int) for row in answer.rows)


def _is_hidden(answer: Answer, name: str) -> bool:
    """Tell whether the veil left nothing of a column but its mark."""
    held = [row[name] for row in answer.rows]
    told = {one for value in held for one in (value if isinstance(value, list) else [value])}
    return HIDDEN in told and told <= {HIDDEN, None, ""}


def packed(answer: Answer, people: People) -> list[list[Packed]]:
    """Return every row as cells."""
    shown = columns(answer)
    return [[_pack(row, name, people) for name in shown] for row in answer.rows]


def _pack(row: Row, column: str, people: People) -> Packed:
    value = row[column]
    if column == "person_id":
        return people.by_id[value].place if value in people.by_id else ""
    if isinstance(value, list) and (column in _LISTS or numbers_column(column) in row):
        return [
            one if isinstance(one, str) else one.place for one in people_of(row, column, people)
        ]
    if isinstance(value, str) and (column.startswith("name") or column in _NAMES):
        person = person_of(row, people, column)
        return person.place if person else value
    return cell(column, value)


def pooled(tables: Mapping[str, list[list[Packed]]], pool: Pool) -> dict[str, list[list[Packed]]]:
    """Return the tables that have rows, with the texts that repeat in the pool."""
    counts = Counter(text for rows in tables.values() for row in rows for text in _texts(row))
    often = {text for text, count in counts.items() if count > 1 and len(text) >= _WORTH_POOLING}

    def kept(value: str | int) -> str | int:
        return -pool.place(value) if isinstance(value, str) and value in often else value

    return {
        name: [
            [
                [kept(one) for one in value] if isinstance(value, list) else kept(value)
                for value in row
            ]
            for row in rows
        ]
        for name, rows in tables.items()
        if rows
    }


def _texts(row: Iterable[Packed]) -> Iterable[str]:
    for value in row:
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, str):
                yield one


def table(answer: Answer, people: People, rows: list[list[Packed]]) -> Markup:
    """Return the first rows as a table; the script adds the others and a filter."""
    shown = columns(answer)
    kinds = [_kind(answer, name, [row[n] for row in rows]) for n, name in enumerate(shown)]
    head = tag(
        "tr",
        [
            tag("th", _heading(name), scope="col", class_=kind, title=answer.columns[name])
            for name, kind in zip(shown, kinds, strict=True)
        ],
    )
    body = [
        tag(
            "tr",
            [
                tag("td", _shown(value, people), class_=kind)
                for value, kind in zip(row, kinds, strict=True)
            ],
        )
        for row in rows[: first_rows(len(rows))]
    ]
    whole = tag("table", tag("caption", answer.question), tag("thead", head), tag("tbody", body))
    scroll = tag(
        "div",
        whole,
        class_="scroll",
        role="region",
        tabindex=0,
        aria_label=f"Table: {answer.question}",
    )
    return tag("div", scroll, _held(answer, rows), class_="table", data_table=answer.name)


def _held(answer: Answer, rows: list[list[Packed]]) -> Markup | None:
    if answer.total <= first_rows(len(rows)):
        return None
    held = len(rows)
    more = "" if held == answer.total else f" The page holds the first {held:,}; the query has all."
    return tag("p", f"{answer.total:,} rows.{more}", class_="held")


def first_rows(held: int) -> int:
    """Return how many of so many rows stand in the page at first."""
    return held if held <= _FEW else FIRST


def _heading(column: str) -> str:
    return "who" if column == "person_id" else heading(column)


def _kind(answer: Answer, name: str, cells: list[Packed]) -> str | None:
    """Return what a column holds, for its looks: numbers, days, people, long texts."""
    values = [row[name] for row in answer.rows if row[name] is not None]
    if any(isinstance(cell, list) for cell in cells):
        return "several"
    if any(isinstance(cell, int) for cell in cells):
        return "person"
    if values and all(isinstance(value, date) for value in values):
        return "day"
    if values and all(_is_figure(value) for value in values):
        return "num"
    return "long" if any(len(str(cell)) > _LONG for cell in cells) else None


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Packed, people: People) -> Child:
    match value:
        case int():
            return named(people.everyone[value])
        case list():
            return _several(value, people)
        case _:
            return value


def _several(values: list[Any], people: People) -> Markup:
    shown: list[Child] = []
    for value in values:
        shown += [named(people.everyone[value]) if isinstance(value, int) else value, ", "]
    return join(shown[:-1])
