"""One table: its characters, separator and header line, found in the first bytes, then its rows.

The header is the line that says most about people, wherever it stands: titles, ``sep=;`` lines and
remarks may come before it. Rows are read as a stream, so that a table of any size fits.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from notworking.delimited import UTF_16_ENDS, Row, realigned, rows
from notworking.ingest.contacts._headers import Meaning, meaning, normal
from notworking.ingest.contacts._values import clean
from notworking.ingest.importer import HEAD_SIZE, Content

#: Lines in which the header is looked for.
HEADER_LINES = 20
DELIMITERS = (",", ";", "\t")
#: What a ``sep=`` line may name.
_NAMED_DELIMITERS = ",;\t|:^~"
#: Rows of the head that are given to the guess.
SAMPLE_ROWS = 200
#: More columns than any table of people has; beyond them a line is no header.
_WIDEST = 2000
#: Characters, and digits among them, that the name of a column may have.
_LONGEST_NAME, _DIGITS = 80, 4
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.I)
#: Files that are no text: archives and spreadsheets, old office files.
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a table begins and how it is written.

    Attributes:
        encoding: Name for the decoder.
        skip: Physical lines before the first row of data.
        delimiter: One character.
        header: Column names as in the file, cleaned, unique.
        known: How many of them a table of people is known to have.
    """

    encoding: str
    skip: int
    delimiter: str
    header: tuple[str, ...]
    known: int

    @property
    def names(self) -> frozenset[str]:
        """Return the column names as ``_headers.normal`` writes them."""
        return frozenset(map(normal, self.header))


def is_office_file(head: bytes) -> bool:
    """Return whether the bytes are a spreadsheet, which is no text."""
    return head.startswith(_NOT_TEXT)


@lru_cache(maxsize=4)
def find_sheet(head: bytes, named: frozenset[str] = frozenset()) -> Sheet | None:
    """Return the table of people whose header is in the head; None where there is none.

    Args:
        head: First bytes of the file.
        named: Columns the user named, as ``_headers.normal`` writes them: a row that has them all
            is the header, whatever else it says.
    """
    head = head[:HEAD_SIZE]
    if is_office_file(head) or head.lstrip()[:1] in (b"{", b"[", b"<"):
        return None
    encoding = encoding_of(head)
    lines = io.StringIO(_decode(head, encoding), newline="").readlines()
    best: Sheet | None = None
    best_score = 0
    for delimiter in _delimiters(lines):
        for start in range(min(HEADER_LINES, len(lines))):
            sheet = _read_header(lines, start, delimiter, encoding, named)
            if sheet is None:
                continue
            score = 10 * sheet.known + _rows_as_wide(lines[sheet.skip :], sheet)
            if score > best_score:
                best, best_score = sheet, score
    return best


def encoding_of(head: bytes) -> str:
    """Return how the text is written: UTF-16 by its mark or its zeros, else UTF-8."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[:2000:2], head[1:2000:2]
    if len(odd) > 3 and odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if len(odd) > 3 and even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return "utf-8-sig"


def data_rows(content: Content, sheet: Sheet) -> Iterator[Row]:
    """Yield the rows below the header that are neither empty nor the header once more."""
    first = sheet.header[0]
    with content.open() as stream, _open_text(stream, sheet.encoding, content.size) as text:
        for _ in range(sheet.skip):
            text.readline()
        for row in rows(text, sheet.delimiter, len(sheet.header), sheet.skip + 1):
            if row.cells[0].strip() == first and _repeats(row.cells, sheet):
                continue
            yield row


def sample(content: Content, sheet: Sheet) -> list[list[str]]:
    """Return some rows of the first bytes."""
    with content.open() as stream:
        head = stream.read(HEAD_SIZE)
    source = io.StringIO(_decode(head, sheet.encoding), newline="")
    for _ in range(sheet.skip):
        source.readline()
    found = []
    for row in rows(source, sheet.delimiter, len(sheet.header)):
        found.append(row.cells)
        if len(found) >= SAMPLE_ROWS:
            break
    return found


def _open_text(stream: BinaryIO, encoding: str, size: int) -> io.TextIOWrapper:
    if encoding != "utf-8-sig" and size % 2:
        stream = io.BytesIO(_realigned(stream.read(), encoding))
    return io.TextIOWrapper(stream, encoding=encoding, errors=_errors(encoding), newline="")


def _decode(head: bytes, encoding: str) -> str:
    whole = head if encoding == "utf-8-sig" else _realigned(head, encoding)
    return whole.decode(encoding, _errors(encoding))


def _realigned(data: bytes, encoding: str) -> bytes:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b"\xff\xfe"
    return realigned(data, UTF_16_ENDS.get(data[:2], UTF_16_ENDS[mark]))


def _errors(encoding: str) -> str:
    # A byte that is no UTF-8 was written by Windows; UTF-16 has no such reading.
    return "notworking.windows" if encoding == "utf-8-sig" else "replace"


def _delimiters(lines: list[str]) -> tuple[str, ...]:
    named = _SEPARATOR.fullmatch(lines[0]) if lines else None
    return (named[1],) if named and named[1] in _NAMED_DELIMITERS else DELIMITERS


def _read_header(
    lines: list[str], start: int, delimiter: str, encoding: str, named: frozenset[str]
) -> Sheet | None:
    if lines[start].count(delimiter) > _WIDEST:
        return None
    reader = csv.reader(lines[start : start + HEADER_LINES], delimiter=delimiter)
    cells = next(reader, [])
    names = _unique(cells)
    fields = [told.field for told in map(_told, cells) if told is not None]
    is_named = bool(named) and named <= set(map(normal, names))
    if len(fields) < 2 and "email" not in fields and not is_named:
        return None
    known = len(fields) + (len(named) if is_named else 0)
    return Sheet(encoding, start + reader.line_num, delimiter, names, known)


def _told(cell: str) -> Meaning | None:
    """Return what a cell means as a column name; a value is none, even if it says ``mail``."""
    if "@" in cell or len(cell) > _LONGEST_NAME or sum(map(str.isdigit, cell)) > _DIGITS:
        return None
    return meaning(normal(cell))


def _unique(cells: list[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    names = []
    for cell in cells:
        name = clean(cell).strip("\"'")
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 or not name else f"{name} ({seen[name]})")
    return tuple(names)


def _rows_as_wide(lines: list[str], sheet: Sheet) -> int:
    if len(sheet.header) == 1:
        return 0
    reader = csv.reader(lines[:HEADER_LINES], delimiter=sheet.delimiter)
    return sum(1 for row in reader if len(row) == len(sheet.header))


def _repeats(cells: list[str], sheet: Sheet) -> bool:
    return _unique(cells) == sheet.header
