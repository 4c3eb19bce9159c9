"""vCard files: values to parts, dates, services and kinds of relation."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import unquote

_ESCAPE = re.compile(r'\\([nN,;:"\\])')


def unescape(text: str) -> str:
    """Return text with the escapes of every version undone; a lone backslash stays."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: "\n" if m.group(1) in "nN" else m.group(1), text)


def split_escaped(text: str, separator: str) -> list[str]:
    """Split at separators that are not escaped, and leave the escapes in the parts."""
    pieces = text.split(separator)
    if "\\" not in text:
        return pieces
    parts: list[list[str]] = []
    escaped = False
    for piece in pieces:
        if escaped:
            parts[-1].append(piece)
        else:
            parts.append([piece])
        escaped = (len(piece) - len(piece.rstrip("\\"))) % 2 == 1
    return [separator.join(part) for part in parts]


def split_values(text: str, separator: str) -> list[str]:
    """Split at separators that are not escaped, then unescape and strip each part."""
    return [unescape(part).strip() for part in split_escaped(text, separator)]


def one_line(text: str) -> str:
    """Return unescaped text with every stretch of blanks and line ends as one blank."""
    return " ".join((unescape(text) if "\\" in text else text).split())


def one_line_parts(text: str, limit: int | None = None) -> list[str]:
    """Return what stands between semicolons, up to a number of parts, each as ``one_line``."""
    if "\\" in text:
        return [one_line(part) for part in split_escaped(text, ";")[:limit]]
    text = " ".join(text.split())
    if "; " in text or " ;" in text:
        return [part.strip(" ") for part in text.split(";")[:limit]]
    return text.split(";")[:limit]


# --- dates -------------------------------------------------------------------------------------

#: Year, month, day; None where it is not told.
PartialDate = tuple[int | None, int | None, int | None]

_DATES = (
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?:T.*)?"),
    re.compile(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?:[T ].*)?"),
    re.compile(r"--(?P<m>[0-9]{2})-?(?P<d>[0-9]{2})(?:T.*)?"),
    re.compile(r"---(?P<d>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})"),
    re.compile(r"--(?P<m>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})"),
)
#: What programs write for "no date".
_EMPTY_DATES = frozenset({(1899, 12, 30), (1900, 1, 0), (1601, 1, 1)})
#: Years that stand for "no year"; 1604 is Apple's, a leap year before anybody's birth.
_NO_YEAR = frozenset({"1604", "0000"})
#: The most days that a month can have; first where no month is told.
_DAYS = (31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIRST_YEAR, _LAST_YEAR = 1800, 2100


def read_date(text: str, omitted_year: str | None = None) -> PartialDate | None:
    """Return what a date says, None when unsure.

    Args:
        text: The value as written.
        omitted_year: Apple's year that stands for "no year".
    """
    told = _date_parts(text.strip()[:40])
    if told is None:
        return None
    year_text, month_text, day_text = told
    month = int(month_text) if month_text else None
    day = int(day_text) if day_text else None
    if year_text and (int(year_text), month, day) in _EMPTY_DATES:
        return None
    no_year = year_text is None or year_text in _NO_YEAR or year_text == omitted_year
    year = None if no_year or year_text is None else int(year_text)
    return (year, month, day) if _exists(year, month, day) else None


def _date_parts(text: str) -> tuple[str | None, str | None, str | None] | None:
    """Return year, month and day as written; first of all in the form that most programs write."""
    if len(text) == 10 and text[4::3] == "--":
        year, month, day = text.split("-", 2)
        if text.isascii() and (year + month + day).isdigit():
            return year, month, day
    match = next((m for m in (pattern.fullmatch(text) for pattern in _DATES) if m), None)
    if match is None:
        return None
    told = match.groupdict()
    return told.get("y"), told.get("m"), told.get("d")


def _exists(year: int | None, month: int | None, day: int | None) -> bool:
    if year is None and month is None and day is None:
        return False
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        return False
    if month is not None and not 1 <= month <= 12:
        return False
    longest = _DAYS[month or 0]
    if month == 2 and year is not None and not calendar.isleap(year):
        longest = 28
    return day is None or 1 <= day <= longest


def iso_birthday(told: PartialDate | None) -> str | None:
    """Return ``1980-02-03`` or ``--02-03``; None for anything less."""
    if told is None or told[1] is None or told[2] is None:
        return None
    year, month, day = told
    return f"--{month:02}-{day:02}" if year is None else f"{year:04}-{month:02}-{day:02}"


_TIMESTAMP = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]?([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?(?:[.,][0-9]+)?)?"
    r"\s*(?:Z|([+-])([0-9]{2}):?([0-9]{2})?)?",
    re.IGNORECASE,
)


def read_timestamp(text: str) -> datetime | None:
    """Return a REV as a time in UTC, None for garbage. No zone is read as UTC."""
    at = _plain_time(text) or _any_time(text)
    # Programs without a clock write 1601 or 1970, and a far future would win for ever.
    return at if at is not None and 1980 <= at.year <= _LAST_YEAR else None


def _plain_time(text: str) -> datetime | None:
    """Return a time in the form that nearly all programs write, ``2024-01-02T03:04:05Z``."""
    if len(text) != 20 or text[4::3] != "--T::Z":
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _any_time(text: str) -> datetime | None:
    match = _TIMESTAMP.fullmatch(text.strip()[:40])
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    sign, zone_hours, zone_minutes = match.groups()[6:]
    offset = timedelta(hours=int(zone_hours or 0), minutes=int(zone_minutes or 0))
    try:
        zone = timezone(-offset if sign == "-" else offset)
        at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


# --- services ----------------------------------------------------------------------------------

_SOCIAL = re.compile(
    r"(?:https?://)?(?:[\w-]{1,30}\.){0,3}"
    r"(linkedin\.com|facebook\.com|twitter\.com|x\.com|instagram\.com|github\.com|t\.me)/+(.{1,300})",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"profile\.php\?(?:[^#]*&)?id=([0-9]+)")
_SERVICES = {"x.com": "twitter", "t.me": "telegram"}
_NO_USER = frozenset(
    {"", "company", "groups", "pages", "events", "home", "search", "share", "intent", "people"}
)
_MARKED_LABEL = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)


def social_account(url: str) -> tuple[str, str | None] | None:
    """Return service and user of a profile address; None for any other address."""
    match = _SOCIAL.match(url)
    if match is None:
        return None
    host, rest = match.group(1).lower(), match.group(2)
    service = _SERVICES.get(host, host.removesuffix(".com"))
    numbered = _NUMBERED.match(rest)
    if numbered:
        return service, numbered.group(1)
    path = rest.partition("?")[0].partition("#")[0]
    parts = [unquote(part) for part in path.split("/")]
    if service == "linkedin":
        is_person = len(parts) > 1 and parts[0].lower() in {"in", "pub"}
        return service, (parts[1] or None) if is_person else None
    user = parts[0].lstrip("@")
    return service, None if user.lower() in _NO_USER else user


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):(?://)?(.+)", re.DOTALL)
_SCHEME_SERVICES = {"ymsgr": "yahoo", "msnim": "msn", "jabber": "xmpp", "x-apple": ""}


def messenger_account(value: str, declared: str) -> tuple[str, str] | None:
    """Return service and identifier of an instant-messaging address.

    Args:
        value: ``skype:ana`` or ``ana``.
        declared: The service that a parameter or the property's name states, or nothing.
    """
    value = value.strip()
    match = _SCHEME.fullmatch(value)
    if match is None:
        return ((declared.lower() or "im"), value) if value else None
    scheme, identifier = match.group(1).lower(), unquote(match.group(2)).strip()
    service = declared.lower() or _SCHEME_SERVICES.get(scheme, scheme) or "im"
    return (service, identifier) if identifier else None


# --- labels and relations ------------------------------------------------------------------------


def plain_label(text: str) -> str:
    """Return a label without Apple's marks for its own words: ``_$!<Mobile>!$_``."""
    text = one_line(text)
    match = _MARKED_LABEL.fullmatch(text)
    return match.group(1) if match else text


_RELATIONS = {
    "family": "mother father parent child children son daughter brother sister sibling kin "
    "relative",
    "partner": "spouse partner domesticpartner husband wife sweetheart",
    "friend": "friend",
    "work": "assistant manager coworker colleague agent",
    "introduced_by": "referredby",
    "emergency": "emergency",
}
_KIND_OF_RELATION = {word: kind for kind, words in _RELATIONS.items() for word in words.split()}


def relation_kind(label: str) -> str:
    """Return what a relation is: family, partner, friend, work, introduced_by, emergency, other."""
    return _KIND_OF_RELATION.get(re.sub(r"[-_\s]", "", label.casefold()), "other")
