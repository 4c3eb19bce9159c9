"""Calendar files: birthdays, which address books and social networks write as yearly whole days."""

from __future__ import annotations

import re
from datetime import datetime

_AGE = r"(?:\d{1,3}(?:st|nd|rd|th|\.)? )?"
_TITLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<name>.+?)['’]s? {_AGE}birthday",
        r"birthday(?: of)?\s*[:–-]?\s+(?P<name>.+)",
        r"(?P<name>.+?)\s*(?:[–:-]\s*|\()birthday\)?",
        r"(?P<name>.+?) (?:hat|has) (?:geburtstag|(?:a )?birthday)",
        rf"(?P<name>.+?)(?:s|['’])? {_AGE}geburtstag",
        r"geburtstag(?: von)?\s*[:–-]?\s+(?P<name>.+)",
        r"(?:cumpleaños|anniversaire|aniversário|compleanno)"
        r"(?: de | d['’]| di | do | da |\s*[:–-]\s*)(?P<name>.+)",
        r"verjaardag(?: van)?\s*[:–-]?\s+(?P<name>.+)|(?P<other>.+?) is jarig",
    )
)
_CALENDARS = re.compile(
    r"birthdays?|geburtstage?|cumpleaños|anniversaires?|compleanni|aniversários|verjaardagen",
    re.IGNORECASE,
)
_SIGNS = re.compile("[\U0001f382\U0001f381\U0001f389\U0001f38a]|\\s*\\(\\d{1,3}\\)$")
#: Words that stand where a name would.
_NOBODY = frozenset({"happy", "my", "mein", "meine", "the"})
#: Calendars write the year in which they began where they do not know that of the birth; before
#: this one there were none.
_FIRST_CALENDARS = 2000
#: What address books write for no year.
_NO_YEAR = 1604


def is_birthday_calendar(name: str) -> bool:
    """Whether a calendar is called after what it holds."""
    return _CALENDARS.fullmatch(name.strip()) is not None


def birthday_of(title: str, *, all_are: bool) -> str | None:
    """Return whose birthday a title names; None where it does not look like one.

    Args:
        title: The entry's, as one line.
        all_are: Whether the calendar holds birthdays only, so that a bare name is enough.
    """
    title = _SIGNS.sub("", title[:300]).strip()
    for pattern in _TITLES:
        match = pattern.fullmatch(title)
        if match:
            name = (match["name"] or match.groupdict().get("other") or "").strip()
            return name if name and name.lower() not in _NOBODY else None
    return title or None if all_are else None


def iso_day(day: datetime) -> str:
    """Return ``1980-04-12``, or ``--04-12`` where the year is not that of the birth."""
    known = day.year < _FIRST_CALENDARS and day.year != _NO_YEAR
    return f"{day:%Y-%m-%d}" if known else f"--{day:%m-%d}"
