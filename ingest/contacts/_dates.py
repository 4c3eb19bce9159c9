"""Dates as address books and spreadsheets write them; ``None`` where unsure.

Outlook and spreadsheets write dates in the order of the computer's language, which the file does
not name. A file shows its order by the dates that can be read one way only; where none does, day
and month cannot be told apart, and no birthday is better than a wrong one.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_NO_YEAR = re.compile(r"--?(\d{2})-?(\d{2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2?\s?(\d{4}|\d{2})?(?:[ T].*)?", re.ASCII)
_WORDS = re.compile(
    r"(?:\w+, )?(?:(\d{1,2})\.? (\w{3,9})\.?|(\w{3,9})\.? (\d{1,2}))(?:,? (\d{4}))?"
)
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan januar january janvier enero gennaio",
            "feb februar february fevrier febrero febbraio",
            "mar märz march mars marzo",
            "apr april avril abril aprile",
            "may mai mayo maggio",
            "jun june juni juin junio giugno",
            "jul july juli juillet julio luglio",
            "aug august août agosto",
            "sep sept september septembre septiembre settembre",
            "oct okt october oktober octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec dez december dezember décembre diciembre dicembre",
        ),
        start=1,
    )
    for word in words.split()
}
_FIRST_YEAR, _LAST_YEAR = 1850, 2100
#: Years in which programs put a birthday whose year nobody knows; 1604 is Apple's.
_NOBODYS_YEARS = frozenset({0, 1604, 1900})
_LEAP_YEAR = 2000


def order(text: str) -> str | None:
    """Return ``dmy`` or ``mdy`` for a date that can be read one way only; else None."""
    match = _NUMBERS.fullmatch(text.strip())
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or (first > 12 >= second):
        return "dmy"
    return "mdy" if second > 12 >= first else None


def read_date(text: str, wanted: str | None) -> tuple[int | None, int, int] | None:
    """Return year, month and day; the year is None where it is not told or not to be trusted.

    Args:
        text: The cell.
        wanted: The order of day and month in this file, ``dmy`` or ``mdy``; None if unknown.
    """
    text = text.strip()[:40]
    match = _ISO.fullmatch(text) or _PACKED.fullmatch(text)
    if match is not None:
        return _valid(int(match[1]), int(match[2]), int(match[3]))
    match = _NO_YEAR.fullmatch(text)
    if match is not None:
        return _valid(None, int(match[1]), int(match[2]))
    match = _NUMBERS.fullmatch(text)
    if match is not None:
        return _numbers(match, order(text) or wanted)
    return _in_words(text)


def is_unsure(text: str, wanted: str | None) -> bool:
    """Whether a text is a date of which day and month cannot be told apart."""
    match = _NUMBERS.fullmatch(text.strip()[:40])
    return match is not None and match[1] != match[3] and (order(text) or wanted) is None


def birthday(text: str, wanted: str | None) -> str | None:
    """Return a date as ``1980-02-03`` or ``--02-03``."""
    return iso(read_date(text, wanted))


def iso(told: tuple[int | None, int, int] | None) -> str | None:
    """Return year, month and day in ISO 8601."""
    if told is None:
        return None
    year, month, day = told
    return f"--{month:02}-{day:02}" if year is None else f"{year:04}-{month:02}-{day:02}"


def from_parts(year: str, month: str, day: str) -> str | None:
    """Return a date that stands in three columns."""
    if not (month.isdecimal() and day.isdecimal()) or max(len(month), len(day)) > 2:
        return None
    known = int(year) if year.isdecimal() and len(year) == 4 else None
    return iso(_valid(known, int(month), int(day)))


def midnight(text: str, wanted: str | None) -> datetime | None:
    """Return a day as its midnight in UTC."""
    told = read_date(text, wanted)
    if told is None or told[0] is None:
        return None
    return datetime(told[0], told[1], told[2], tzinfo=UTC)


def _numbers(match: re.Match[str], found: str | None) -> tuple[int | None, int, int] | None:
    first, second = int(match[1]), int(match[3])
    if found is None and first != second:
        return None
    month, day = (second, first) if found == "dmy" else (first, second)
    # Two digits of a year may be the work of a spreadsheet: the century is anybody's guess.
    year = int(match[4]) if match[4] and len(match[4]) == 4 else None
    return _valid(year, month, day)


def _in_words(text: str) -> tuple[int | None, int, int] | None:
    match = _WORDS.fullmatch(text)
    if match is None:
        return None
    month = _MONTHS.get((match[2] or match[3]).lower())
    if month is None:
        return None
    return _valid(int(match[5]) if match[5] else None, month, int(match[1] or match[4]))


def _valid(year: int | None, month: int, day: int) -> tuple[int | None, int, int] | None:
    if year in _NOBODYS_YEARS:
        year = None
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or _LEAP_YEAR, month)[1]:
        return None
    return year, month, day
