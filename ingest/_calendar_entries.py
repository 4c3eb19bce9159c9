"""Calendar files, first step: bytes to entries, with the zones and the name of the calendar.

Folding, parameters and character sets are those of vCard files. What an entry means is not known
here; alarms, tasks and free times are passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta, timezone, tzinfo

from notworking.ingest._calendar_times import offset
from notworking.ingest._vcard_cards import as_lines
from notworking.ingest._vcard_head import Head, split_line
from notworking.ingest._vcard_text import decode_bytes
from notworking.ingest._vcard_values import one_line
from notworking.ingest.importer import Content
from notworking.records import Reject

#: Components around entries; a line in any other one belongs to nothing that is read.
_ENTRY, _ZONE, _STANDARD = "VEVENT", "VTIMEZONE", "STANDARD"
#: A value longer than this is an attachment.
_LONGEST = 100_000


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
    """What a file holds.

    Attributes:
        zones: The offsets that the file itself gives for its zones, outside of summer.
    """

    name: str = ""
    zone: str = ""
    zones: dict[str, tzinfo] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


def read(content: Content) -> Calendar:
    """Return the calendar, or several of one file as one."""
    calendar = Calendar()
    open_parts: list[str] = []
    zone_name = ""
    for line, text in _lines(content.read()):
        head, at = split_line(text)
        if head is None:
            continue
        value = text[at : at + _LONGEST]
        part = value.strip().upper()
        if head.name == "BEGIN":
            if part == _ENTRY:
                open_parts = [_ENTRY]
                calendar.entries.append(Entry(len(calendar.entries) + 1, line))
            else:
                open_parts.append(part)
        elif head.name == "END":
            while part in open_parts or (part == "VCALENDAR" and open_parts):
                open_parts.pop()
        elif open_parts == [_ENTRY]:
            calendar.entries[-1].properties.setdefault(head.name, []).append(Property(head, value))
        elif open_parts[-1:] == [_ZONE] and head.name == "TZID":
            zone_name = value.strip()
        elif open_parts[-2:] == [_ZONE, _STANDARD] and head.name == "TZOFFSETTO":
            calendar.zones[zone_name] = timezone(offset(value) or timedelta())
        else:
            _describe(calendar, open_parts, head, value)
    if open_parts[:1] == [_ENTRY]:
        cut = calendar.entries.pop()
        calendar.rejects.append(Reject(cut.place, "cut off before its end"))
    return calendar


def _describe(calendar: Calendar, open_parts: list[str], head: Head, value: str) -> None:
    if open_parts != ["VCALENDAR"]:
        return
    if head.name == "X-WR-CALNAME":
        calendar.name = calendar.name or one_line(value)
    elif head.name == "X-WR-TIMEZONE":
        calendar.zone = calendar.zone or value.strip()


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield every unfolded line with the number of its first physical one."""
    start, parts = 1, [b""]
    for number, line in enumerate(as_lines(data).split(b"\n"), 1):
        if line[:1] in (b" ", b"\t"):
            parts.append(line[1:])
            continue
        yield start, _text(parts)
        start, parts = number, [line]
    yield start, _text(parts)


def _text(parts: list[bytes]) -> str:
    text = decode_bytes(b"".join(parts), "", Counter())
    return text.encode("utf-8", "replace").decode("utf-8")
