"""Dates as Facebook's HTML pages word them, in the language of the account.

A page prints the local time of the account, mostly without a zone: it is read as if it were UTC,
which is wrong by some hours at most; where old pages name the zone it is used. The month's name
tells the language; where languages disagree about it (``lis`` is November in Prague and October in
Zagreb) the other dates of the page decide, and if they do not, the date is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

#: The beginnings of the months' names, January first, accents folded.
_MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "jan feb mar|maer apr mai jun jul aug sep okt nov dez",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "fr": "jan fev mar avr mai juin juil aou sep oct nov dec",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "nl": "jan feb mrt|maa apr mei jun jul aug sep okt nov dec",
    "sv": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "nb": "jan feb mar apr mai jun jul aug sep okt nov des",
    "da": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "fi": "tamm helm maal huht touk kesa hein elok syys loka marr joul",
    "pl": "sty lut mar kwi maj cze lip sie wrz paz lis gru",
    "cs": "led uno bre dub kve cvn|cerven cvc|cervenec srp zar rij lis pro",
    "sk": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "hr": "sij velj ozu tra svi lip srp kol ruj lis stu pro",
    "sr": "јан феб мар апр мај јун јул авг сеп окт нов дец",
    "ro": "ian feb mar apr mai iun iul aug sep oct noi dec",
    "ru": "янв фев мар апр ма июн июл авг сен окт ноя дек",
    "hu": "jan feb mar apr maj jun jul aug sze okt nov dec",
    "lt": "sau vas kov bal geg bir lie rugp rugs spa lap gru",
    "tr": "oca sub mar nis may haz tem agu eyl eki kas ara",
}
_TABLES = {
    language: {
        prefix: month
        for month, prefixes in enumerate(names.split(), 1)
        for prefix in prefixes.split("|")
    }
    for language, names in _MONTHS.items()
}
_LONGEST_PREFIX = max(len(prefix) for table in _TABLES.values() for prefix in table)
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?<![\d:])(?:19|20)\d{2}(?!\d|:\d)")
_DAY = re.compile(r"(?<![\d:])(\d{1,2})(?![\d:])")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(\w[\w. ]*)?")
_AFTERNOON = re.compile(r"p\.?\s?m|odpol|po poludniu|nachm|tarde", re.IGNORECASE)
_FORENOON = re.compile(r"a\.?\s?m\b|dop|rano|vorm", re.IGNORECASE)
#: Words for the halves of the day that only one language has.
_HALVES = {"pl": re.compile(r"\brano\b|po poludniu"), "cs": re.compile(r"\b(?:odpol|dop)\b")}
_OFFSET = re.compile(r"(?:UTC|GMT)\s?([+-]\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_ZONES = {
    "PST": -8,
    "PDT": -7,
    "MST": -7,
    "MDT": -6,
    "CST": -6,
    "CDT": -5,
    "EST": -5,
    "EDT": -4,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
}
_ZONE = re.compile(r"\b(" + "|".join(_ZONES) + r")\b")
#: Dates are short; a longer text is somebody's words.
_LONGEST = 64
_WORDS = 9


def fold(text: str) -> str:
    """Return a text in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l").replace("ı", "i"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def _month_words(text: str) -> dict[str, int]:
    """Return language to month for every language that has one of the words as a month."""
    found: dict[str, int] = {}
    for word in _WORD.findall(text):
        for language, month in _months_of(word):
            found.setdefault(language, month)
    return found


@lru_cache(maxsize=4096)
def _months_of(word: str) -> tuple[tuple[str, int], ...]:
    """Return each language with the month of the longest beginning that fits the word."""
    plain = fold(word)
    found = []
    for language, table in _TABLES.items():
        lengths = range(min(len(plain), _LONGEST_PREFIX), 1, -1)
        months = (table[plain[:length]] for length in lengths if plain[:length] in table)
        month = next(months, None)
        if month is not None:
            found.append((language, month))
    return tuple(found)


def looks_like_date(text: str) -> bool:
    """Whether a text is nothing but a date: short, a month, a day, and a year or a time."""
    if not 4 < len(text) <= _LONGEST or len(_WORD.findall(text)) > _WORDS:
        return False
    has_day = _DAY.search(_TIME.sub(" ", text)) is not None
    return has_day and bool(_YEAR.search(text)) and bool(_month_words(text))


def languages(dates: Iterable[str]) -> frozenset[str]:
    """Return the languages in which every one of a page's dates has a month."""
    common = set(_TABLES)
    for text in dates:
        common = (common & _month_words(text).keys()) or common
        half = next((one for one, words in _HALVES.items() if words.search(fold(text))), None)
        common = (common & {half}) or common
    return frozenset(common)


def parse(text: str, spoken: frozenset[str], year: int | None = None) -> datetime | None:
    """Return a date as an aware time; None if it is none, or months are in doubt.

    Args:
        text: The date as printed.
        spoken: What ``languages`` returned for the page.
        year: Where the text has none: the year of the export.
    """
    months = {month for language, month in _month_words(text).items() if language in spoken}
    plain = _TIME.sub(" ", text)
    found_year, day = _YEAR.search(plain), _DAY.search(_OFFSET.sub(" ", plain))
    whole = int(found_year[0]) if found_year else year
    if len(months) != 1 or day is None or whole is None:
        return None
    try:
        local = datetime(whole, months.pop(), int(day[1]), *_clock(text), tzinfo=UTC)
        return local - _zone(text)
    except (ValueError, OverflowError):
        return None


def _clock(text: str) -> tuple[int, int, int]:
    match = _TIME.search(_YEAR.sub(" ", text))
    if match is None:
        return 0, 0, 0
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    half = fold(match[4] or "")
    if _AFTERNOON.search(half):
        hour = hour % 12 + 12
    elif _FORENOON.search(half):
        hour %= 12
    return hour, minute, second


def _zone(text: str) -> timedelta:
    offset = _OFFSET.search(text)
    if offset is not None:
        hours = int(offset[1])
        minutes = int(offset[2] or 0)
        return timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes)
    named = _ZONE.search(text)
    return timedelta(hours=_ZONES[named[1]]) if named else timedelta()
