"""Birthdays and keep-in-touch dates as a calendar that phones accept (RFC 5545), all-day.

Identifiers are stable and a later export has a later sequence number, so that importing it again
moves the dates instead of adding them. Times of day and invitations are never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from notworking import __version__, cards
from notworking.folding import escaped, line, one_line
from notworking.queries import query

if TYPE_CHECKING:
    import duckdb

_BIRTHDAY = re.compile(r"(?:(\d{4})|-)-(\d\d)-(\d\d)")
#: A leap year to begin in where the year of birth is unknown.
_SOME_YEAR = 2000
#: Phones show no dates before this; nobody alive is older.
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day entry."""

    uid: str
    day: date
    title: str
    kind: str
    words: str = ""
    repeats: str | None = None


def text(con: duckdb.DuckDBPyConnection, choice: cards.Choice) -> str:
    """Return the calendar of the people chosen, as far as they have dates."""
    wanted = cards.chosen(con, choice.only, choice.owner_id)
    newest = con.execute(
        "select max(day) from mart.now where owner_id = $owner or $owner is null",
        {"owner": choice.owner_id},
    ).fetchall()
    today = date(1970, 1, 1) + timedelta(days=int(newest[0][0] or 0))
    entries = [
        *_birthdays(con, choice.owner_id, wanted),
        *_touches(con, choice.owner_id, wanted),
    ]
    head = [
        line("BEGIN", "VCALENDAR"),
        line("VERSION", "2.0"),
        line("PRODID", f"-//notworking//notworking {__version__}//EN"),
        line("CALSCALE", "GREGORIAN"),
        line("METHOD", "PUBLISH"),
        line("X-WR-CALNAME", "notworking"),
    ]
    body = [piece for entry in entries for piece in _lines(entry, today)]
    return "".join([*head, *body, line("END", "VCALENDAR")])


def _birthdays(
    con: duckdb.DuckDBPyConnection, owner_id: int | None, wanted: set[int]
) -> Iterator[Entry]:
    rows = con.execute(query("calendar_birthdays"), {"owner": owner_id}).fetchall()
    for person_id, name, birthday, contact in rows:
        found = _BIRTHDAY.fullmatch(birthday)
        if person_id not in wanted or found is None:
            continue
        year = int(found[1] or _SOME_YEAR)
        month, day = int(found[2]), int(found[3])
        first = _date(year if year >= _FIRST_YEAR else _SOME_YEAR, month, day)
        if first is None:
            continue
        born = f"Born {birthday}." if found[1] else ""
        yield Entry(
            f"notworking-birthday-{contact}",
            first,
            f"Birthday of {name}",
            "Birthday",
            born,
            # The last day of February is the 29th where there is one.
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" if (month, day) == (2, 29) else "FREQ=YEARLY",
        )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _touches(
    con: duckdb.DuckDBPyConnection, owner_id: int | None, wanted: set[int]
) -> Iterator[Entry]:
    rows = con.execute(query("calendar_touch"), {"owner": owner_id}).fetchall()
    several = len({row[3] for row in rows}) > 1
    for person_id, name, ring, number, owner, day, evidence, contact in rows:
        if person_id in wanted:
            whose = f" ({owner})" if several else ""
            yield Entry(
                f"notworking-touch-{number}-{contact}",
                day,
                f"Write to {name}{whose}",
                "Keep in touch",
                f"Ring {ring}. {evidence}",
            )


def _lines(entry: Entry, today: date) -> Iterator[str]:
    stamp = f"{today:%Y%m%d}T000000Z"
    yield line("BEGIN", "VEVENT")
    yield line("UID", escaped(entry.uid))
    yield line("DTSTAMP", stamp)
    yield line("SEQUENCE", str(max((today - date(1970, 1, 1)).days, 0)))
    yield line("DTSTART;VALUE=DATE", _day(entry.day))
    yield line("DTEND;VALUE=DATE", _day(entry.day + timedelta(days=1)))
    if entry.repeats:
        yield line("RRULE", entry.repeats)
    yield line("SUMMARY", one_line(entry.title))
    if entry.words:
        yield line("DESCRIPTION", escaped(entry.words))
    yield line("CATEGORIES", one_line(entry.kind))
    yield line("TRANSP", "TRANSPARENT")
    yield line("END", "VEVENT")


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"
