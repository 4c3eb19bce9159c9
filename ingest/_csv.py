"""What every CSV source shares: encoding, header line, separator, rows with their lines.

Exports come from many hands: UTF-8 or UTF-16, a preamble before the header, saved again by a
spreadsheet with another separator. The header is found by what it says, never by its position.
This module knows no file of any source and makes no records.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from notworking.delimited import Row, decode, rows
from notworking.ingest.importer import HEAD_SIZE, Content
from notworking.records import Reject

#: Lines in which the header is looked for; preambles have three, wrapped ones some more.
HEADER_LINES = 60
DELIMITERS = (",", "\t", ";")

_LINE_END = re.compile(r"\r\n|\n|\r")
_NOT_A_LETTER = re.compile(r"[\W_]+")

#: Normalised column names of a file to whether this is the header looked for.
Signature = Callable[[tuple[str, ...]], bool]


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table begins and how it is written.

    Attributes:
        line: Physical line of the header, from 1.
        delimiter: One character.
        columns: Normalised names, unique: the second ``notes`` is ``notes#2``.
        line_end: The line end after the header.
    """

    line: int
    delimiter: str
    columns: tuple[str, ...]
    line_end: str


@dataclass(frozen=True, slots=True)
class Line:
    """One data row by name: ``cells`` holds stripped text, absent and empty as ``""``."""

    place: str
    cells: dict[str, str]
    raw: str

    def get(self, *names: str) -> str:
        """Return the first of the named cells that is not empty."""
        return next((self.cells[name] for name in names if self.cells.get(name)), "")


def normal(name: str) -> str:
    """Return a column name as its letters and digits, lower case: ``E-mail 2`` is ``email2``."""
    return _NOT_A_LETTER.sub("", name.casefold())


def is_spreadsheet(data: bytes) -> bool:
    """Return whether the bytes are a zip, which an xlsx is."""
    return data.startswith(b"PK\x03\x04")


def find_header(data: bytes, wanted: Signature) -> Header | None:
    """Return the first line of the head that is the wanted header, in any usual dialect."""
    return next((found for found in _candidates(data[:HEAD_SIZE]) if wanted(found.columns)), None)


def has(*names: str) -> Signature:
    """Return a signature: all these columns are there."""
    needed = frozenset(names)
    return needed.issubset


def exactly(*names: str) -> Signature:
    """Return a signature: these columns and no other, empty names left aside."""
    needed = frozenset(names)
    return lambda columns: needed == {name for name in columns if name and "#" not in name}


def lines_of(content: Content, wanted: Signature) -> Iterator[Line | Reject]:
    """Yield the data rows of the table below the wanted header.

    Short rows are padded; repeated headers and empty rows are left out. A file that is no text, or
    holds no such header, is one reject.
    """
    data = content.read()
    header = find_header(data, wanted)
    if header is None:
        yield no_table(data)
        return
    for row in table_rows(data, header):
        if not _repeats(header, row.cells):
            yield _line(row, header)


def table_rows(data: bytes, header: Header) -> Iterator[Row]:
    """Yield every row below the header that is not empty."""
    source = io.StringIO(repair(decode(data)), newline="")
    for _ in range(header.line):
        source.readline()
    return rows(source, header.delimiter, len(header.columns), header.line + 1)


def repair(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 and saved again, if all of the text allows it."""
    if text.isascii():
        return text
    try:
        return "".join(map(_windows_byte, text)).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def no_table(data: bytes) -> Reject:
    """Return the reject for a file that holds no table of the kind its name promises."""
    if is_spreadsheet(data):
        return Reject(
            "file",
            "this is a spreadsheet (xlsx) with the ending .csv: open it in a spreadsheet program,"
            " save it as CSV in UTF-8, and import that file; or take the file from the export"
            " once more",
        )
    return Reject(
        "file",
        "the header line of this kind of file was not found: take the file from the export once"
        " more, unchanged",
    )


@lru_cache(maxsize=4)
def _candidates(head: bytes) -> tuple[Header, ...]:
    """Return every reading of every line that could be a header; asked for by many importers."""
    if is_spreadsheet(head) or head.lstrip()[:1] in (b"{", b"[", b"<"):
        return ()
    text = decode(head)
    found = []
    start = 0
    for number in range(1, HEADER_LINES + 1):
        end = _LINE_END.search(text, start)
        line = text[start : end.start() if end else len(text)]
        for delimiter in DELIMITERS:
            columns = _names(line, delimiter)
            if columns:
                found.append(Header(number, delimiter, columns, end.group() if end else ""))
        if end is None:
            break
        start = end.end()
    return tuple(found)


def _names(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return ()
    seen: dict[str, int] = {}
    names = []
    for cell in cells:
        name = normal(cell)
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(names)


def _repeats(header: Header, cells: list[str]) -> bool:
    return normal(cells[0]) == header.columns[0] and (
        [normal(cell) for cell in cells] == [name.partition("#")[0] for name in header.columns]
    )


def _line(row: Row, header: Header) -> Line:
    named = zip(header.columns, (cell.strip() for cell in row.cells), strict=False)
    cells = dict.fromkeys(header.columns, "") | dict(named)
    return Line(f"line {row.line}", cells, row.raw or header.delimiter.join(row.cells))


def _windows_byte(char: str) -> str:
    """Return the character whose number is this character's byte in Windows-1252."""
    if ord(char) < 0x100:
        return char
    return char.encode("cp1252").decode("latin-1")
