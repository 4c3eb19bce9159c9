"""Rows of delimited text, with the line each one starts on, through damaged bytes and quoting.

A quote that is never closed makes an ordinary CSV reader swallow everything up to the next quote
without a word. Here such a row ends where the next row of full width begins, and says that it is
not sound. A byte that is no UTF-8 is read as Windows wrote it. This module
knows no header and no kind of file, and depends on nothing of ours.
"""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

#: Lines one row may have before its quoting is taken for broken. Real message texts stay far below.
MAX_ROW_LINES = 5_000
#: Lines and characters after a broken quote in which the next sound row is looked for.
MAX_DAMAGE_LINES = 2_000
#: What UTF-16 begins with, to how its lines end.
UTF_16_ENDS = {b"\xff\xfe": b"\n\x00", b"\xfe\xff": b"\x00\n"}

# The reader's own limit of 131,072 characters a cell is below what saved texts reach.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("notworking.windows", _as_windows)


class Row(NamedTuple):
    """One row.

    Attributes:
        line: Physical line on which it starts, counted from 1.
        cells: Its cells, any number of them.
        sound: Whether its quoting was right. If not, the cells are a best guess.
        raw: The text of an unsound row; empty for a sound one.
    """

    line: int
    cells: list[str]
    sound: bool = True
    raw: str = ""


class _Tape:
    """Lines that can be read, remembered since the last row, and put back."""

    def __init__(self, lines: Iterable[str], line: int) -> None:
        self._source = iter(lines)
        self._back: list[str] = []
        self._taken: list[str] = []
        self.line = line

    def __iter__(self) -> _Tape:
        return self

    def __next__(self) -> str:
        if len(self._taken) >= MAX_ROW_LINES:
            raise csv.Error("row has too many lines")
        line = self._back.pop() if self._back else next(self._source)
        self._taken.append(line)
        return line

    def forget(self) -> None:
        """Start a new row after the lines read so far."""
        self.line += len(self._taken)
        self._taken.clear()

    def put_back(self) -> None:
        """Put the lines read since the last row back, to be read again."""
        self.give(self._taken)
        self._taken.clear()

    def take(self) -> str | None:
        """Return the next line outside any row; None at the end."""
        if self._back:
            return self._back.pop()
        return next(self._source, None)

    def give(self, lines: list[str]) -> None:
        """Put lines back in front of everything unread."""
        self._back += reversed(lines)


def decode(data: bytes) -> str:
    """Return text: UTF-16 with its mark, else UTF-8, bytes that are none read as Windows-1252."""
    if data[:2] in UTF_16_ENDS:
        return realigned(data, UTF_16_ENDS[data[:2]]).decode("utf-16", "replace")
    return data.decode("utf-8-sig", "notworking.windows")


def realigned(data: bytes, end: bytes) -> bytes:
    """Return UTF-16 of which a byte was lost or added, so that only its own line is unreadable.

    Without this every character after the damage would be read from halves of two.

    Args:
        data: The text.
        end: The end of a line, as in ``UTF_16_ENDS``.
    """
    if len(data) % 2 == 0:
        return data
    return end.join(line + b"\x00" * (len(line) % 2) for line in data.split(end))


def rows(lines: Iterable[str], delimiter: str, width: int, first_line: int = 1) -> Iterator[Row]:
    """Yield every row that is not empty, in order; no line is lost.

    Args:
        lines: Physical lines with their line ends.
        delimiter: One character.
        width: Cells of a full row, to find the next row after a broken quote.
        first_line: Number of the first of ``lines`` in the file.
    """
    tape = _Tape(lines, first_line)
    while True:
        try:
            for cells in csv.reader(tape, delimiter=delimiter, strict=True):
                if any(cells):
                    yield Row(tape.line, cells)
                tape.forget()
        except csv.Error:
            tape.put_back()
            yield from _broken(tape, delimiter, width)
        else:
            return


def loose_cells(text: str, delimiter: str, width: int) -> list[str]:
    """Return the cells of one row whose quoting is broken: the likeliest reading.

    If a stray quote is all that is wrong, cutting at every delimiter gives the full width.
    """
    plain = text.strip("\r\n").split(delimiter)
    if len(plain) == width:
        return [cell.removeprefix('"').removesuffix('"') for cell in plain]
    first, *others = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for other in others:
        head, *tail = other or [""]
        first = [*first[:-1], "\n".join((*first[-1:], head)), *tail]
    return first


def fit(cells: list[str], width: int, into: int, delimiter: str) -> list[str]:
    """Return exactly ``width`` cells: padded when short; the surplus joined at cell ``into``."""
    surplus = len(cells) - width
    if surplus <= 0:
        return cells + [""] * -surplus
    joined = delimiter.join(cells[into : into + surplus + 1])
    return [*cells[:into], joined, *cells[into + surplus + 1 :]]


def _broken(tape: _Tape, delimiter: str, width: int) -> Iterator[Row]:
    """Yield the row at the tape's head, whose quoting is broken, up to the next sound row."""
    start = tape.line
    damage = [tape.take() or ""]
    while len(damage) < MAX_DAMAGE_LINES and _starts_row(tape, delimiter, width) is False:
        damage.append(tape.take() or "")
    tape.line = start + len(damage)
    if len(damage) < MAX_DAMAGE_LINES:
        raw = "".join(damage)
        yield Row(start, loose_cells(raw, delimiter, width), False, raw)
        return
    # No sound row far and wide: each line stands for itself, so that the search stays linear.
    for number, raw in enumerate(damage):
        if raw.strip():
            yield Row(start + number, loose_cells(raw, delimiter, width), False, raw)


def _starts_row(tape: _Tape, delimiter: str, width: int) -> bool | None:
    """Return whether a sound row of full width begins here; None at the end of the text."""
    looked: list[str] = []

    def ahead() -> Iterator[str]:
        while len(looked) < MAX_DAMAGE_LINES:
            line = tape.take()
            if line is None:
                return
            looked.append(line)
            yield line

    try:
        cells = next(csv.reader(ahead(), delimiter=delimiter, strict=True), None)
    except csv.Error:
        cells = []
    tape.give(looked)
    if not looked:
        return None
    return cells is not None and len(cells) == width
