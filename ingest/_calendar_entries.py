"""Calendar files, first step: bytes to entries, with the zones and the name of the calendar.

Folding, parameters and character sets are those of vCard files. What an entry means is not known
here; alarms, tasks and free times are passed over.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta, timezone, tzinfo

from notworking.ingest._calendar_times import offset
from notworking.ingest._vcard_cards import guess_encoding, normalise
from notworking.ingest._vcard_head import Head, split_line
from notworking.ingest._vcard_text import decode_bytes
from notworking.ingest._vcard_values import one_line
from notworking.ingest.importer import Content
from notworking.records import Reject

#: Components around entries; a line in any other one belongs to nothing that is read.
_ENTRY, _ZONE, _STANDARD = "VEVENT", "VTIMEZONE", "STANDARD"
#: A value longer than this is an attachment, of which no more is kept.
_LONGEST = 100_000
_DEEPEST = 20
#: Bytes that are read at once.
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Property:
    """What stands before the colon, and what after it, escapes kept."""

    head: Head
    value: str


@dataclass(slots=True)
class Entry:
    """One entry as written.

    Attributes:
        number: Position in the file, from 1.
        line: Line of its BEGIN.
    """

    number: int
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The place as people can find it."""
        return f"entry {self.number} (line {self.line})"

    def all(self, name: str) -> list[Property]:
        """Return every property of a name."""
        return self.properties.get(name, [])

    def text(self, name: str) -> str:
        """Return the first value of a name as one line; nothing where there is none."""
        found = self.all(name)
        return one_line(found[0].value) if found else ""


@dataclass(slots=True)
class Calendar:
    """What a file says beside its entries.

    Attributes:
        zones: The offsets that the file itself gives for its zones, outside of summer.
    """

    name: str = ""
    zone: str = ""
    zones: dict[str, tzinfo] = field(default_factory=dict)


#: Line, components around it, what stands before its colon, and after it.
_Line = tuple[int, list[str], Head, str]


def calendar_of(content: Content) -> Calendar:
    """Return what is said of the calendar, or of several in one file as of one."""
    calendar = Calendar()
    zone_name = ""
    for _, open_parts, head, value in _parts(content, entries_too=False):
        if open_parts[-1:] == [_ZONE] and head.name == "TZID":
            zone_name = value.strip()
        elif open_parts[-2:] == [_ZONE, _STANDARD] and head.name == "TZOFFSETTO":
            calendar.zones[zone_name] = timezone(offset(value) or timedelta())
        elif open_parts == ["VCALENDAR"] and head.name == "X-WR-CALNAME":
            calendar.name = calendar.name or one_line(value)
        elif open_parts == ["VCALENDAR"] and head.name == "X-WR-TIMEZONE":
            calendar.zone = calendar.zone or value.strip()
    return calendar


def entries(content: Content) -> Iterator[Entry | Reject]:
    """Yield every entry, one at a time; at last a reject for one that is cut off."""
    entry: Entry | None = None
    number = 0
    for line, open_parts, head, value in _parts(content, entries_too=True):
        is_frame = head.name in ("BEGIN", "END")
        if is_frame and (value.strip().upper() == _ENTRY or not open_parts):
            if entry is not None:
                yield entry
            entry = None
        if head.name == "BEGIN" and open_parts == [_ENTRY]:
            number += 1
            entry = Entry(number, line)
        elif entry is not None and not is_frame and open_parts == [_ENTRY]:
            entry.properties.setdefault(head.name, []).append(Property(head, value))
    if entry is not None:
        yield Reject(entry.place, "cut off before its end")


def _parts(content: Content, *, entries_too: bool) -> Iterator[_Line]:
    """Yield every property with the components it is in; of a frame, those after it."""
    open_parts: list[str] = []
    for line, text in _lines(content):
        # The quick way past what is not wanted: only a frame could end it.
        if not entries_too and open_parts[:1] == [_ENTRY] and text[:1] not in ("B", "b", "E", "e"):
            continue
        head, at = split_line(text)
        if head is None:
            continue
        value = text[at : at + _LONGEST]
        if head.name == "BEGIN":
            part = value.strip().upper()
            # Deeper than any calendar only the frame of an entry counts.
            open_parts = [_ENTRY] if part == _ENTRY else [*open_parts[:_DEEPEST], part]
        elif head.name == "END":
            part = value.strip().upper()
            while part in open_parts or (part == "VCALENDAR" and open_parts):
                open_parts.pop()
        yield line, open_parts, head, value


def _lines(content: Content) -> Iterator[tuple[int, str]]:
    """Yield every unfolded line with the number of its first physical one."""
    start, parts, size = 1, [b""], 0
    for number, line in enumerate(_physical_lines(content), 1):
        if line[:1] in (b" ", b"\t"):
            size += len(line)
            if size <= 2 * _LONGEST:
                parts.append(line[1:])
            continue
        yield start, _text(parts)
        start, parts, size = number, [line], len(line)
    yield start, _text(parts)


def _physical_lines(content: Content) -> Iterator[bytes]:
    """Yield lines as bytes without their ends; of an endless one its beginning."""
    with content.open() as stream:
        block = stream.read(_BLOCK)
        encoding = guess_encoding(block)
        wide = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
        rest = b""
        while block:
            text = wide.decode(block).encode("utf-8") if wide else block
            block = stream.read(_BLOCK)
            # The sign that follows a CR decides whether it is a line's end of its own.
            kept = text.rstrip(b"\r") if block else text
            *lines, last = normalise(rest + kept).split(b"\n")
            yield from lines
            rest = last[: 2 * _LONGEST] + text[len(kept) :]
        yield rest


def _text(parts: list[bytes]) -> str:
    text = decode_bytes(b"".join(parts), "", Counter())
    return text.encode("utf-8", "replace").decode("utf-8")
