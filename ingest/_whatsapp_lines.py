"""WhatsApp chats, first step: lines to dated messages.

The phone writes dates as its language and region do, so the shape of a line's head, the order of
day and month, and the clock are found by looking at the whole file first; then messages are read
from it one by one. What a message says is not looked at here.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from operator import itemgetter

from notworking.ingest.importer import Content, shorten
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
_MONTHS = 12
#: Characters that one message is given; the app takes 65,536.
LONGEST = 1 << 20
#: What is the same for every head of one file.
_Shape = tuple[object, ...]
#: The groups that are year, month and day.
_Order = tuple[str, str, str]
_YEAR_FIRST: _Order = ("a", "b", "c")
_DAY_FIRST: _Order = ("c", "b", "a")
_MONTH_FIRST: _Order = ("c", "a", "b")


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
    """A file whose shape is known.

    Attributes:
        assumed: The order of day and month that nothing in the file proves, in words.
    """

    content: Content
    shape: _Shape
    order: _Order
    assumed: str | None = None


@dataclass(slots=True)
class _Run:
    """Dates in file order: how often they step back, and the months there are."""

    last: date | None = None
    back: int = 0
    months: set[tuple[int, int]] = field(default_factory=set)

    def add(self, day: date | None) -> None:
        if day is not None:
            self.back += self.last is not None and day < self.last
            self.months.add((day.year, day.month))
            self.last = day


@dataclass(slots=True)
class _Heads:
    """All heads of one shape, summed up.

    Attributes:
        firsts: Lines whose first number can be no month; ``seconds`` likewise.
        alike: Whether first and second number are the same on every line.
    """

    first: re.Match[str]
    count: int = 0
    firsts: int = 0
    seconds: int = 0
    alike: bool = True
    written: tuple[str, ...] = ()
    days: _Run = field(default_factory=_Run)
    months: _Run = field(default_factory=_Run)

    def add(self, head: re.Match[str]) -> None:
        self.count += 1
        self.firsts += int(head["a"]) > _MONTHS
        self.seconds += int(head["b"]) > _MONTHS
        written = head.group("a", "b", "c")
        # Lines of one day follow one another and tell nothing new.
        if written != self.written:
            self.written = written
            self.alike &= head["a"] == head["b"]
            self.days.add(_date(head, _DAY_FIRST))
            self.months.add(_date(head, _MONTH_FIRST))


def decode(data: bytes) -> str:
    """Return a file's text; phones write UTF-8, Windows editors may save UTF-16."""
    return data.decode(_encoding(data), "replace").replace("\0", "")


def _encoding(data: bytes) -> str:
    return "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"


def count_heads(text: str) -> int:
    """Return how many lines begin a message, with an author, in the most frequent shape."""
    found = (match for match in map(_HEAD.match, text.split("\n")) if match is not None)
    shapes = Counter(_shape(match) for match in found if ": " in match["rest"])
    return max(shapes.values(), default=0)


def survey(content: Content) -> Chat | None:
    """Return what the heads of a file look like; None where no line is one."""
    found: dict[_Shape, _Heads] = {}
    for line in _lines(content):
        head = _HEAD.match(line)
        if head is not None:
            shape = _shape(head)
            if shape not in found:
                found[shape] = _Heads(head)
            found[shape].add(head)
    if not found:
        return None
    usual = max(found, key=lambda shape: found[shape].count)
    return Chat(content, usual, *_order(found[usual]))


def read(chat: Chat) -> Iterator[Message | Reject]:
    """Yield the messages of a chat in file order, and rejects for what is none."""
    open_head: tuple[int, re.Match[str]] | None = None
    tail: list[str] = []
    size = 0
    for number, line in enumerate(_lines(chat.content), 1):
        head = _HEAD.match(line)
        if head is None or _shape(head) != chat.shape:
            size += len(line) + 1
            if size <= LONGEST:
                tail.append(line)
            continue
        yield from _message(chat, open_head, tail, size)
        open_head, tail, size = (number, head), [], 0
    yield from _message(chat, open_head, tail, size)


def _message(
    chat: Chat, open_head: tuple[int, re.Match[str]] | None, tail: list[str], size: int
) -> Iterator[Message | Reject]:
    """Yield what a head and the lines below it are."""
    text = "\n".join(tail).rstrip()
    if open_head is None:
        if text:
            yield Reject("line 1", "text before the first message", shorten(text.strip()))
        return
    number, head = open_head
    at = _moment(head, chat.order)
    if at is None:
        raw = shorten("\n".join((head.string, *tail)))
        yield Reject(f"line {number}", "no such date or time", raw)
        return
    author, first = _split(head["rest"])
    yield Message(number, at, author, f"{first}\n{text}" if text else first)
    if size > LONGEST:
        reason = f"longer than any message: what follows its first {LONGEST:,} signs was left out"
        yield Reject(f"line {number}", reason)


def _lines(content: Content) -> Iterator[str]:
    """Yield the lines of a file without their ends; an endless one in pieces."""
    with content.open() as stream:
        encoding = _encoding(stream.read(2))
    with (
        content.open() as stream,
        io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n") as text,
    ):
        while line := text.readline(LONGEST):
            yield line.removesuffix("\n").removesuffix("\r").replace("\0", "")


def _shape(match: re.Match[str]) -> _Shape:
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


def _order(heads: _Heads) -> tuple[_Order, str | None]:
    """Return which group is year, month and day, and in words what had to be assumed."""
    first = heads.first
    if len(first["a"]) == 4:
        return _YEAR_FIRST, None
    if heads.firsts != heads.seconds:
        return (_DAY_FIRST if heads.firsts > heads.seconds else _MONTH_FIRST), None
    for as_days, as_months in (
        (heads.days.back, heads.months.back),
        (len(heads.days.months), len(heads.months.months)),
    ):
        if as_days != as_months:
            return (_DAY_FIRST if as_days < as_months else _MONTH_FIRST), None
    if heads.alike:
        return _DAY_FIRST, None
    american = first["sep"] == "/" and len(first["c"]) == 2 and first["half"] is not None
    if american:
        return _MONTH_FIRST, "month before day"
    return _DAY_FIRST, "day before month"


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
