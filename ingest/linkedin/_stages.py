"""Stretches of the owner's life: dates of which only the month or the year is known."""

from __future__ import annotations

import re

from notworking.ingest._csv import Line
from notworking.ingest.importer import shorten
from notworking.ingest.linkedin._values import calendar_day, month
from notworking.records import Reject, Stage

_YEAR = re.compile(r"\d{4}", re.ASCII)
_MONTH_YEAR = re.compile(r"([^\W\d]{3,12})\.?[ -](\d{4}|\d\d)")
_NUMBERS = re.compile(r"(\d\d?)/(\d{4})", re.ASCII)


def partial_date(text: str) -> str | None:
    """Return ``Jan 2020`` as ``2020-01`` and ``2018`` as it is; None where there is no year."""
    text = text.strip()
    if _YEAR.fullmatch(text):
        return text
    found = _MONTH_YEAR.fullmatch(text)
    number = month(found[1]) if found else None
    if found and number:
        year = int(found[2]) if len(found[2]) == 4 else 2000 + int(found[2])
        return f"{year:04}-{number:02}"
    found = _NUMBERS.fullmatch(text)
    if found and 1 <= int(found[1]) <= 12:
        return f"{found[2]}-{int(found[1]):02}"
    day = calendar_day(text)
    return day.isoformat() if day else None


def stage(line: Line, kind: str, organisation: str, title: str) -> Stage | Reject:
    """Return the stage of one row, or a reject if it names no organisation."""
    if not organisation:
        return Reject(line.place, f"a {kind} without an organisation", shorten(line.raw))
    return Stage(
        place=line.place,
        kind=kind,
        organisation=organisation,
        title=title or None,
        started=partial_date(line.get("startedon", "startdate")),
        ended=partial_date(line.get("finishedon", "enddate")),
    )
