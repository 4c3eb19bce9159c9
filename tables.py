"""Answers as text that fits the terminal.

Short columns stand side by side as far as the width goes; long ones (a sentence of evidence) follow
below their row; what does not fit is named, never cut in silence.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

#: A column is long when one of its cells is wider than this.
_LONG = 40
_GAP = 2
_INDENT = "      "


@dataclass(frozen=True)
class Column:
    """One column, ready to print."""

    name: str
    cells: list[str]
    numeric: bool

    @cached_property
    def width(self) -> int:
        """Characters of the widest cell or the head."""
        return max([width(self.name), *map(width, self.cells)])


def width(text: str) -> int:
    """Return how many places a text takes on a terminal: wide signs take two, marks none."""
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) in ("Cf", "Me", "Mn")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def lines(
    names: Sequence[str], rows: Sequence[Sequence[Any]], cells: list[list[str]], places: int
) -> Iterator[str]:
    """Yield a table.

    Args:
        names: Column names.
        rows: The values, to tell numbers from words.
        cells: The same values as text, row by row.
        places: Width of the terminal.
    """
    columns = [
        Column(name, [row[i] for row in cells], _is_numeric([row[i] for row in rows]))
        for i, name in enumerate(names)
    ]
    kept = [c for c in columns if not _says_nothing(c, len(columns))]
    long = [c for c in kept if c.width > _LONG]
    short, left_out = _fitting([c for c in kept if c.width <= _LONG], places)
    yield _line([(c.name, c) for c in short])
    yield _line([("-" * c.width, c) for c in short])
    for number in range(len(rows)):
        yield _line([(c.cells[number], c) for c in short])
        for column in long:
            if column.cells[number]:
                yield from textwrap.wrap(
                    column.cells[number],
                    max(places, 40),
                    initial_indent=_INDENT,
                    subsequent_indent=_INDENT,
                )
    if left_out:
        shown = ", ".join(column.name for column in left_out)
        note = f"Not shown for want of width: {shown} (--format csv has them all)."
        yield from ("", *textwrap.wrap(note, max(places, 40)))


def _is_numeric(values: Sequence[Any]) -> bool:
    return any(v is not None for v in values) and all(
        v is None or (isinstance(v, int | float | Decimal) and not isinstance(v, bool))
        for v in values
    )


def _says_nothing(column: Column, columns: int) -> bool:
    """Tell whether a column is the number of the only owner, in a table that has more to say."""
    return column.name == "owner_id" and columns > 1 and len(set(column.cells)) <= 1


def _fitting(columns: list[Column], places: int) -> tuple[list[Column], list[Column]]:
    short: list[Column] = []
    left_out: list[Column] = []
    used = -_GAP
    for column in columns:
        if used + _GAP + column.width <= places or not short:
            short.append(column)
            used += _GAP + column.width
        else:
            left_out.append(column)
    return short, left_out


def _line(parts: list[tuple[str, Column]]) -> str:
    padded = []
    for text, column in parts:
        blanks = " " * (column.width - width(text))
        padded.append(blanks + text if column.numeric else text + blanks)
    return (" " * _GAP).join(padded).rstrip()
