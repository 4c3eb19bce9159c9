"""WhatsApp chats, first step: lines to dated messages.

The phone writes dates as its language and region do, so the shape of a line's head, the order of
day and month, and the clock are found by looking at the whole file. What a message says is not
looked at here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from operator import itemgetter

from notworking.ingest.importer import shorten
from notworking.records import Reject

_MARK = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]{0,4}"
_BLANK = "[ \u00a0\u2009\u202f\u200e\u200f]{0,4}"
_AM = ("am", "上午", "凌晨", "清晨", "早上", "午前", "오전", "पूर्वाह्न", "ص", "öö", "πμ", "pg")
_PM = ("pm", "下午", "中午", "晚上", "午後", "오후", "अपराह्न", "م", "ös", "μμ", "ptg")
_HALF = r"[ap]\.?\s?m\.?|" + "|".join(word for word in (*_AM, *_PM) if word not in {"am", "pm"})
_HEAD = re.compile(
    rf"{_MARK}(?P<open>\[)?{_MARK}"
    rf"(?P<a>\d{{1,4}}){_MARK}(?P<sep>[./-]){_BLANK}(?P<b>\d{{1,2}}){_MARK}(?P=sep){_BLANK}"
    rf"(?P<c>\d{{1,4}}){_MARK}(?P<dot>\.?)(?P<comma>[,،]?){_BLANK}"
    rf"(?:(?P<word>[^\W\d][^\d\[\]:]{{0,13}}?){_BLANK})?"
    rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}))?"
    rf"(?:{_BLANK}(?P<half>{_HALF}))?{_MARK}"
    r"(?P<end>(?(open)\] ?|(?: [-–] ?|: )))(?P<rest>.*)",
    re.IGNORECASE,
)
#: The first year in which there was anything to export; later ones are bounded by two digits.
_FIRST_YEAR, _LAST_YEAR = 2009, 2099


@dataclass(frozen=True, slots=True)
class Message:
    """One message or platform line.

    Attributes:
        line: Physical line of its head, from 1.
        at: Local time of the exporting phone, called UTC for want of its zone.
        author: None for Android's platform lines.
        text: All its lines; direction marks kept.
    """

    line: int
    at: datetime
    author: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Chat:
    """What the lines of a file are.

    Attributes:
        assumed: The order of day and month that nothing in the file proves, in words.
    """

    messages: list[Message]
    rejects: list[Reject]
    assumed: str | None = None


def decode(data: bytes) -> str:
    """Return a file's text; phones write UTF-8, Windows editors may save UTF-16."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if wide else "utf-8-sig", "replace").replace("\0", "")


def count_heads(text: str) -> int:
    """Return how many lines begin a message, with an author, in the most frequent shape."""
    found = (match for match in map(_HEAD.match, text.split("\n")) if match is not None)
    shapes = Counter(_shape(match) for match in found if ": " in match["rest"])
    return max(shapes.values(), default=0)


def read(text: str) -> Chat:
    """Return the messages of a chat, in file order."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    heads = [(at, match) for at, match in enumerate(map(_HEAD.match, lines)) if match]
    if not heads:
        return Chat([], [])
    usual = Counter(_shape(match) for _, match in heads).most_common(1)[0][0]
    heads = [(at, match) for at, match in heads if _shape(match) == usual]
    order, assumed = _order([match for _, match in heads])
    messages: list[Message] = []
    rejects: list[Reject] = []
    before = "\n".join(lines[: heads[0][0]]).strip()
    if before:
        rejects.append(Reject("line 1", "text before the first message", shorten(before)))
    ends = [at for at, _ in heads[1:]] + [len(lines)]
    for (at, match), end in zip(heads, ends, strict=True):
        moment = _moment(match, order)
        if moment is None:
            raw = shorten("\n".join(lines[at:end]))
            rejects.append(Reject(f"line {at + 1}", "no such date or time", raw))
            continue
        author, text = _split(match["rest"])
        tail = "\n".join(lines[at + 1 : end]).rstrip()
        messages.append(Message(at + 1, moment, author, f"{text}\n{tail}" if tail else text))
    return Chat(messages, rejects, assumed)


def _shape(match: re.Match[str]) -> tuple[object, ...]:
    """Return what is the same for every head of one file."""
    halved = match["half"] is not None or _half(match) is not None
    return (
        match["open"],
        match["sep"],
        len(match["a"]) == 4,
        match["dot"],
        match["comma"],
        match["second"] is None,
        halved,
        match["end"].strip(),
    )


def _split(rest: str) -> tuple[str | None, str]:
    author, colon, text = rest.partition(": ")
    if not colon and rest.endswith(":"):
        author, colon = rest[:-1], ":"
    # A platform line that quotes a name or subject may hold a colon of its own.
    if not colon or not author.strip() or len(author) > 100 or re.search('["“„«]', author):
        return None, rest
    return author, text


# --- dates ---------------------------------------------------------------------------------------

_Order = tuple[str, str, str]
_YEAR_FIRST: _Order = ("a", "b", "c")
_DAY_FIRST: _Order = ("c", "b", "a")
_MONTH_FIRST: _Order = ("c", "a", "b")


def _order(heads: list[re.Match[str]]) -> tuple[_Order, str | None]:
    """Return which group is year, month and day, and in words what had to be assumed."""
    if len(heads[0]["a"]) == 4:
        return _YEAR_FIRST, None
    firsts, seconds = (sum(int(head[name]) > 12 for head in heads) for name in "ab")
    if firsts != seconds:
        return (_DAY_FIRST if firsts > seconds else _MONTH_FIRST), None
    days, months = (list(_dates(heads, order)) for order in (_DAY_FIRST, _MONTH_FIRST))
    for measure in (_steps_back, _distinct_months):
        as_days, as_months = measure(days), measure(months)
        if as_days != as_months:
            return (_DAY_FIRST if as_days < as_months else _MONTH_FIRST), None
    if all(head["a"] == head["b"] for head in heads):
        return _DAY_FIRST, None
    american = heads[0]["sep"] == "/" and len(heads[0]["c"]) == 2 and heads[0]["half"] is not None
    if american:
        return _MONTH_FIRST, "month before day"
    return _DAY_FIRST, "day before month"


def _dates(heads: list[re.Match[str]], order: _Order) -> Iterator[date]:
    for head in heads:
        found = _date(head, order)
        if found is not None:
            yield found


def _steps_back(dates: list[date]) -> int:
    return sum(later < earlier for earlier, later in pairwise(dates))


def _distinct_months(dates: list[date]) -> int:
    return len({(day.year, day.month) for day in dates})


def _date(head: re.Match[str], order: _Order) -> date | None:
    year, month, day = (int(part) for part in itemgetter(*order)(head))
    year += 2000 if year < 100 else 0
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _half(head: re.Match[str]) -> str | None:
    """Return ``am`` or ``pm`` where the clock has twelve hours."""
    for told in (head["half"], head["word"]):
        word = re.sub(r"[\s.]", "", told or "").casefold()
        if word in _AM:
            return "am"
        if word in _PM:
            return "pm"
    return None


def _moment(head: re.Match[str], order: _Order) -> datetime | None:
    day = _date(head, order)
    hour, minute, second = (int(head[name] or 0) for name in ("hour", "minute", "second"))
    half = _half(head)
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if day is None or hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
