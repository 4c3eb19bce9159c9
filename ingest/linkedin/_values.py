"""What the cells of LinkedIn's files mean: times, profile addresses, lists of names.

Times without a zone in ``11/5/23, 10:01 AM`` are US Pacific, whatever the member's own zone; all
others are UTC. The same person's address is percent-encoded in one file and plain in another.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, tzinfo
from urllib.parse import unquote
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")
#: Stands for members who left, were removed, or hide; never a person.
NOBODY = "LinkedIn Member"
PROFILE = "https://www.linkedin.com/in/"

_ISO = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?: UTC)?", re.ASCII)
_US = re.compile(
    r"(\d\d?)/(\d\d?)/(\d{4}|\d\d),? (\d\d?):(\d\d)(?::(\d\d))?(?: ?([AP])M)?( UTC)?",
    re.ASCII | re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:[a-z]{3} )?(?P<month>[a-z]{3,9}) (?P<day>\d\d?),?(?: (?P<y1>\d{4}),?)?"
    r" (?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?: (?P<half>[AP])M)?(?P<utc> UTC)?(?: (?P<y2>\d{4}))?",
    re.ASCII | re.IGNORECASE,
)
_DAY_MONTH_YEAR = re.compile(r"(\d\d?)[ .-]+([^\W\d]{3,10})\.?[ .-]+(\d{4}|\d\d)")
_NUMBERS = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d?)\.(\d\d?)\.(\d{4}|\d\d)", re.ASCII)
_SLASHES = re.compile(r"(\d\d?)/(\d\d?)/(\d{4}|\d\d)", re.ASCII)
_URN = re.compile(r"urn:li:member:(\d+)", re.ASCII | re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?/*(?:[\w-]+\.)?linkedin\.com/(?:in|pub)/+([^/?#]+)", re.IGNORECASE)

#: English first; then the months a spreadsheet in another language writes when it saves again.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier janv januar jän enero ene gennaio gen januari",
            "feb february février févr fév februar febrero febbraio februari",
            "mar march mars märz mär mrz marzo maart mrt",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag mei",
            "jun june juin juni junio giugno giu",
            "jul july juillet juil juli julio luglio lug",
            "aug august août aou agosto ago augustus",
            "sep sept september septembre septiembre settembre set",
            "oct october octobre oktober okt octubre ottobre ott",
            "nov november novembre noviembre",
            "dec december décembre déc dezember dez diciembre dic dicembre",
        ),
        start=1,
    )
    for name in names.split()
}


def month(name: str) -> int | None:
    """Return the number of a month's name or abbreviation."""
    return _MONTHS.get(name.casefold().rstrip("."))


def moment(text: str) -> datetime | None:
    """Return the instant a cell names, in UTC; None if it names none.

    A day without a time is its midnight UTC.
    """
    text = " ".join(text.split())
    found = _ISO.fullmatch(text)
    if found:
        year, number, first, hour, minute, second = (int(part or 0) for part in found.groups())
        return _at(_day(year, number, first), hour, minute, second, UTC)
    found = _US.fullmatch(text)
    if found:
        return _us_moment(found)
    found = _WORDS.fullmatch(text)
    if found:
        return _worded_moment(found)
    day = calendar_day(text)
    return None if day is None else datetime.combine(day, time(), UTC)


def calendar_day(text: str) -> date | None:
    """Return the day a cell names: ``05 Nov 2023``, and what spreadsheets make of it."""
    text = text.strip()
    found = _DAY_MONTH_YEAR.fullmatch(text)
    if found:
        number = month(found[2])
        return _day(_year(found[3]), number, int(found[1])) if number else None
    found = _NUMBERS.fullmatch(text)
    if found and found[1]:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found:
        return _day(_year(found[6]), int(found[5]), int(found[4]))
    found = _SLASHES.fullmatch(text)
    return _month_first(found[1], found[2], found[3]) if found else None


def iso(at: datetime) -> str:
    """Return an instant as it stands in keys: ``2023-11-05T10:01:22Z``."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at.year > 999 else at.isoformat()


def profile_key(url: str) -> str | None:
    """Return the canonical address of a member; None where the text names no member.

    Member numbers (``urn:li:member:7``) stay as they are: nothing tells whose they are.
    """
    url = url.strip()
    found = _URN.fullmatch(url)
    if found:
        return f"urn:li:member:{found[1]}"
    found = _HOST.match(url)
    return PROFILE + _slug(found[1]) if found else None


def person_name(text: str) -> str | None:
    """Return a display name; None for the stand-in of members who are gone."""
    text = text.strip()
    return None if text in ("", NOBODY) else text


def _slug(segment: str) -> str:
    for _ in range(2):
        try:
            decoded = unquote(segment, errors="strict")
        except UnicodeDecodeError:
            break
        if decoded == segment:
            break
        segment = decoded
    if segment.isascii():
        return segment.lower()
    # One letter at a time: a final sigma must not depend on its neighbours, as it does not in SQL.
    # The dotted capital I is the one letter that would become two.
    return "".join(map(str.lower, unicodedata.normalize("NFC", segment).replace("İ", "i")))


def _us_moment(found: re.Match[str]) -> datetime | None:
    day = _month_first(found[1], found[2], found[3])
    hour = _hour(int(found[4]), found[7])
    if hour is None:
        return None
    # Without AM or PM a spreadsheet wrote it, from a column that was UTC.
    zone = UTC if found[8] or not found[7] else PACIFIC
    return _at(day, hour, int(found[5]), int(found[6] or 0), zone)


def _worded_moment(found: re.Match[str]) -> datetime | None:
    year = found["y1"] or found["y2"]
    number = month(found["month"])
    hour = _hour(int(found["hour"]), found["half"])
    if not year or number is None or hour is None:
        return None
    day = _day(int(year), number, int(found["day"]))
    zone = PACIFIC if found["half"] and not found["utc"] else UTC
    return _at(day, hour, int(found["minute"]), int(found["second"] or 0), zone)


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour if hour < 24 else None
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half in "Pp" else 0)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _month_first(first: str, second: str, year: str) -> date | None:
    """Read US order; day first only where the US order is no date."""
    return _day(_year(year), int(first), int(second)) or _day(_year(year), int(second), int(first))


def _at(day: date | None, hour: int, minute: int, second: int, zone: tzinfo) -> datetime | None:
    if day is None:
        return None
    try:
        return datetime.combine(day, time(hour, minute, second), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
