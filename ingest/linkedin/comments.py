r"""``Comments.csv``: what the owner wrote below posts; whose posts is not in the file.

A reply begins with the display name of the person it goes to, as plain text; finding out who that
is needs all connections and is not done here.

Two oddities are undone. Comments of several lines without comma or quote are not quoted, so that
one comment spans several rows. And quotes inside are doubled until 2024, but ``\"`` since 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from notworking.delimited import Row, decode, rows
from notworking.ingest._csv import (
    Header,
    Line,
    find_header,
    has,
    line_of,
    no_table,
    text_lines,
)
from notworking.ingest.importer import Content, Importer, shorten
from notworking.ingest.linkedin._activity import own_event
from notworking.ingest.linkedin._files import is_table
from notworking.records import Record, Reject

_wanted = has("date", "link", "message")
_DATE = re.compile(r"\s*\d[\d/.-]{5,9}[ T]\d", re.ASCII)


def identify(path: str, head: bytes) -> bool:
    """Return whether these are the owner's comments."""
    return is_table(path, head, _wanted, "comments")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an event for every comment."""
    data = content.read()
    header = find_header(data, _wanted)
    if header is None:
        yield no_table(data)
        return
    for line in _joined(_best_reading(decode(data), header), header):
        yield line if isinstance(line, Reject) else _event(line)


def _event(line: Line) -> Record:
    text = line.get("message").replace("\r\n", "\n")
    return own_event(line, "comment", line.get("link"), text)


def _best_reading(text: str, header: Header) -> list[Row]:
    r"""Read the rows with ``\"`` as a quote, unless that leaves more of them malformed."""
    plain = _rows(text, header)
    if '\\"' not in text:
        return plain
    escaped = _rows(text.replace('\\"', '""'), header)
    return escaped if _malformed(escaped, header) <= _malformed(plain, header) else plain


def _rows(text: str, header: Header) -> list[Row]:
    return list(
        rows(text_lines(text, header), header.delimiter, len(header.columns), header.line + 1)
    )


def _malformed(found: list[Row], header: Header) -> int:
    width = len(header.columns)
    return sum(not row.sound or (_begins(row) and len(row.cells) != width) for row in found)


def _begins(row: Row) -> bool:
    return _DATE.match(row.cells[0]) is not None


def _joined(found: list[Row], header: Header) -> Iterator[Line | Reject]:
    """Put the rows of an unquoted comment of several lines together again."""
    current: Line | None = None
    parts: list[str] = []
    end = 0
    for row in found:
        if _begins(row):
            if current:
                yield _whole(current, parts)
            current = line_of(row, header)
            parts = [current.cells["message"]]
        elif current:
            parts += ("\n" * (row.line - end + 1), header.delimiter.join(row.cells))
        else:
            text = shorten(header.delimiter.join(row.cells))
            yield Reject(f"line {row.line}", "a row that belongs to no comment", text)
        end = row.line + 1 + sum(cell.count("\n") for cell in row.cells)
    if current:
        yield _whole(current, parts)


def _whole(line: Line, parts: list[str]) -> Line:
    return replace(line, cells=line.cells | {"message": "".join(parts)})


IMPORTER = Importer(
    name="linkedin.comments",
    source="linkedin",
    files="Comments.csv",
    yields="the owner's comments",
    identify=identify,
    extract=extract,
)
