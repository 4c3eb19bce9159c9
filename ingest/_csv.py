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
from itertools import islice

from notworking.delimited import Row, decode, rows
from notworking.ingest.importer import HEAD_SIZE, Content
from notworking.records import Reject

#: Lines in which the header is looked for; preambles have three, wrapped ones some more.
HEADER_LINES = 60
DELIMITERS = (",", "\t", ";")

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
    row: Row
    delimiter: str

    @property
    def raw(self) -> str:
        """The row as it stood."""
        return raw_text(self.row, self.delimiter)

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
            yield line_of(row, header)


def table_rows(data: bytes, header: Header) -> Iterator[Row]:
    """Yield every row below the header that is not empty."""
    lines = text_lines(decode(data), header)
    return rows(lines, header.delimiter, len(header.columns), header.line + 1)


def text_lines(text: str, header: Header) -> Iterator[str]:
    """Return the lines below the header, with their line ends."""
    lines = io.StringIO(repair(text), newline="\n" if "\n" in text else "")
    return islice(lines, header.line, None)


def repair(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 and saved again, if all of the text allows it."""
    if text.isascii():
        return text
    try:
        return "".join(map(_windows_byte, text)).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def raw_text(row: Row, delimiter: str) -> str:
    """Return a row as text, quoted where it must be."""
    if row.raw:
        return row.raw
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="").writerow(row.cells)
    return text.getvalue()


def no_table(data: bytes) -> Reject:
    """Return the reject for a file that holds no table of the kind its name promises."""
    if is_spreadsheet(data):
        return Reject(
            "file",
            "this is a spreadsheet (xlsx) with the ending .csv: open it in a spreadsheet program,"
            " save it as CSV in UTF-8, and import that file; or take the file from the export"
            " once more",
        )
    if not data.strip():
        return Reject("file", "the file is empty: take it from the export once more")
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
    lines = io.StringIO(text, newline="\n" if "\n" in text else "")
    for number, line in enumerate(islice(lines, HEADER_LINES), start=1):
        content = line.rstrip("\r\n")
        for delimiter in DELIMITERS:
            columns = _names(content, delimiter)
            if columns:
                found.append(Header(number, delimiter, columns, line[len(content) :]))
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


def line_of(row: Row, header: Header) -> Line:
    """Return a row by the names of its columns; what is missing is empty."""
    named = zip(header.columns, (cell.strip() for cell in row.cells), strict=False)
    cells = dict.fromkeys(header.columns, "") | dict(named)
    return Line(f"line {row.line}", cells, row, header.delimiter)


def _windows_byte(char: str) -> str:
    """Return the character whose number is this character's byte in Windows-1252."""
    if ord(char) < 0x100:
        return char
    return char.encode("cp1252").decode("latin-1")
