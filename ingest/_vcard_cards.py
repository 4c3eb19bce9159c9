"""vCard files, first step: bytes of any encoding to the text of single cards.

Files come in several encodings and with every kind of line end, with cards nested, cut off or
missing their first or last line. This module finds the cards and says what was wrong with each; it
does not look inside them. It reads in blocks, so that a file of photos stays small in memory.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec

from notworking.ingest.importer import Content

BLOCK_SIZE = 8 << 20
#: A stretch without any END is cut here: no card with a picture is that long.
LONGEST_CARD = 32 << 20
#: Cards, and bytes of them, that are read together.
HANDFUL = 32
HANDFUL_SIZE = 1 << 18
#: How far back an AGENT line is looked for before a nested card.
AGENT_REACH = 512

#: Longest address of a picture that is kept; what is longer is the picture itself.
ADDRESS_LIMIT = 2000

_BOM = b"\xef\xbb\xbf"
_ENCODING_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Where ASCII text has its NUL bytes, in each four bytes.
_SHAPES = (
    ("utf-32-le", "x000"),
    ("utf-32-be", "000x"),
    ("utf-16-le", "x0x0"),
    ("utf-16-be", "0x0x"),
)
_GROUP = rb"(?:[\w.-]{1,64}\.)?"
#: Begins with a sign that pictures do not hold, and is therefore quick to look for.
_NAMED = re.compile(rb":[ \t]*VCARD[ \t]*(?=\n)", re.IGNORECASE)
_PLAIN_FRAMES = {b"BEGIN": True, b"END": False}
_FRAME = re.compile(rb"[ \t]*" + _GROUP + rb"(?:(BEGIN)|END)[ \t]*", re.IGNORECASE)
_PICTURE = re.compile(
    # Of groups only Apple's, which is the one to write pictures in them: any would cost more.
    rb"(\n(?:item[0-9]{1,9}\.)?(?:PHOTO|LOGO|KEY|X-MS-CARDPICTURE)(?:;[^:\n]*)?:)"
    rb"[^\n]*(?:\n[ \t][^\n]*|\n[A-Za-z0-9+/=]+[ \t\r]*(?=\n))*",
    re.IGNORECASE,
)
_AGENT = re.compile(rb"[ \t]*" + _GROUP + rb"AGENT(?:;[^:]*)?:", re.IGNORECASE)
_SOMEBODY = re.compile(rb"\n[ \t]*" + _GROUP + rb"(?:FN|N|EMAIL|TEL)[;:]", re.IGNORECASE)
_VERSION = re.compile(rb"\n[ \t]*VERSION[ \t]*[;:]", re.IGNORECASE)
#: Starts at the first CR of a run only: a longer run would otherwise cost its square.
_MANY_CR = re.compile(rb"(?<!\r)\r+\n")


class Card(msgspec.Struct, frozen=True):
    """The text between BEGIN and END, without cards nested in it.

    Attributes:
        number: Position in the file, from 1.
        line: Line of its BEGIN, or where it starts without one.
        body: Lines ended by LF; begins with LF.
        flags: Of ``truncated``, ``cut_line``, ``missing_end``, ``missing_begin``.
    """

    number: int
    line: int
    body: bytes
    flags: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The place as people can find it."""
        return f"card {self.number} (line {self.line})"


class _Marker(msgspec.Struct, frozen=True, gc=False):
    """A BEGIN or END line, from the LF before it to its last sign."""

    start: int
    end: int
    begins: bool


#: Line, body and flags of a card.
_Found = tuple[int, bytes, tuple[str, ...]]


@dataclass(slots=True)
class _Open:
    """A card whose END has not come yet: its line, and where its own text goes on."""

    line: int
    resume: int
    dropped: bool = False
    pieces: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    """Normalised text that begins with LF, with its BEGIN and END lines.

    Attributes:
        cut_line: Whether the file ends here in the middle of a line.
    """

    text: bytes
    markers: list[_Marker]
    cut_line: bool = False


def guess_encoding(head: bytes) -> str | None:
    """Return the wide encoding of a file, None for anything that keeps ASCII as single bytes."""
    for mark, name in _ENCODING_MARKS:
        if head.startswith(mark):
            return name
    sample = head[:64]
    quarter = len(sample) // 4
    if quarter == 0:
        return None
    blank = [sample[place::4].count(0) >= quarter * 0.9 for place in range(4)]
    full = [sample[place::4].count(0) == 0 for place in range(4)]
    return next((name for name, shape in _SHAPES if _has_shape(shape, blank, full)), None)


def _has_shape(shape: str, blank: list[bool], full: list[bool]) -> bool:
    return all((blank if mark == "0" else full)[place] for place, mark in enumerate(shape))


def normalise(raw: bytes) -> bytes:
    """Return bytes with LF as the only line end, without NUL bytes and byte order marks."""
    if b"\0" in raw:
        raw = raw.replace(b"\0", b"")
    if b"\xef" in raw:
        raw = raw.replace(_BOM, b"")
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n")
    if b"\r" in raw:
        raw = _MANY_CR.sub(b"\n", raw).replace(b"\r", b"\n")
    return raw


def _without_picture(match: re.Match[bytes]) -> bytes:
    """Return the head of a picture alone, after as many line ends as it had."""
    if match.end() - match.start() <= ADDRESS_LIMIT:
        return match[0]
    return b"\n" * match[0].count(b"\n", 1) + match[1]


def _without_pictures(raw: bytes) -> bytes:
    """Drop pictures before all else, being nearly all of the bytes, and keep the count of lines.

    Those that lie across the edge of a chunk, and files with CR alone, keep theirs: only the time
    it takes depends on it.
    """
    return _PICTURE.sub(_without_picture, raw)


def as_lines(head: bytes) -> bytes:
    """Return the beginning of a file as normalised bytes."""
    encoding = guess_encoding(head)
    if encoding is not None:
        head = head.decode(encoding, "replace").encode("utf-8")
    return normalise(head)


def _transcoded(stream: BinaryIO) -> Iterator[bytes]:
    first = stream.read(BLOCK_SIZE)
    encoding = guess_encoding(first)
    decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding is not None else None
    chunk = first
    while chunk:
        yield chunk if decoder is None else decoder.decode(chunk).encode("utf-8")
        chunk = stream.read(BLOCK_SIZE)


def _normalised(stream: BinaryIO) -> Iterator[bytes]:
    """Yield normalised chunks; what may be half a line end or mark waits for the next chunk."""
    held = b""
    for chunk in _transcoded(stream):
        raw = held + chunk
        tail = raw[-64:]
        keep = len(raw) - len(tail) + len(tail.rstrip(b"\0\r\xef\xbb"))
        held = raw[keep:]
        yield normalise(_without_pictures(raw[:keep]))
    yield normalise(held)


def _markers(text: bytes) -> list[_Marker]:
    """Return the BEGIN and END lines of a text that begins with LF."""
    found = []
    for named in _NAMED.finditer(text):
        colon, end = named.span()
        start = text.rfind(b"\n", 0, colon)
        begins = _PLAIN_FRAMES.get(text[start + 1 : colon])
        if begins is None:
            frame = _FRAME.fullmatch(text, start + 1, colon)
            if frame is None:
                continue
            begins = frame.group(1) is not None
        found.append(_Marker(start, end, begins))
    return found


def _cut(buffer: bytes, markers: list[_Marker]) -> tuple[int, int]:
    """Return how many markers, and how many bytes, belong to whole cards.

    A card that holds other cards is not cut, unless its END stays away for too long.
    """
    depth = outermost = last_end = 0
    for count, marker in enumerate(markers, start=1):
        depth = depth + 1 if marker.begins else max(depth - 1, 0)
        if not marker.begins:
            last_end = count
        if depth == 0:
            outermost = count
    if not outermost and len(buffer) > LONGEST_CARD:
        outermost = last_end
    if outermost:
        return outermost, markers[outermost - 1].end
    return len(markers), _forced_cut(buffer)


def _forced_cut(buffer: bytes) -> int:
    """Return where to cut a stretch without END: after a line, or anywhere in an endless one."""
    if len(buffer) <= LONGEST_CARD:
        return 0
    line_end = buffer.rfind(b"\n")
    return line_end if line_end > LONGEST_CARD // 2 else len(buffer)


def _blocks(stream: BinaryIO) -> Iterator[_Block]:
    carry = b"\n"
    for chunk in _normalised(stream):
        buffer = carry + chunk
        markers = _markers(buffer)
        whole, end = _cut(buffer, markers)
        carry = buffer[end:] or b"\n"
        if end:
            yield _Block(buffer[:end], markers[:whole])
    cut_line = not carry.endswith(b"\n")
    text = carry + b"\n" if cut_line else carry
    yield _Block(text, _markers(text), cut_line)


class _Walk:
    """Follows the BEGIN and END lines of one block with a stack of open cards."""

    def __init__(self, block: _Block, lines: int, counts: Counter[str]) -> None:
        self.line = lines
        self.counted = 0
        self.text = block.text
        self.markers = block.markers
        self.cut_line = block.cut_line
        self.counts = counts
        begins = sum(1 for marker in block.markers if marker.begins)
        self.balanced = 2 * begins == len(block.markers)
        self.stack: list[_Open] = []
        self.gap = 0

    def cards(self) -> Iterator[_Found]:
        """Yield line, body and flags of every card.

        Nearly all are a BEGIN with its END right behind, which takes no stack.
        """
        count = len(self.markers)
        place = 0
        while place < count:
            marker = self.markers[place]
            place += 1
            if not marker.begins:
                yield from self._end(marker)
            elif self.stack or place == count or self.markers[place].begins:
                yield from self._begin(marker)
            else:
                if self.gap < marker.start:
                    yield from self._orphan(marker.start, ("missing_begin", "missing_end"))
                end = self.markers[place]
                place += 1
                self.gap = end.end
                yield self._line_at(marker.start), self.text[marker.end : end.start], ()
        yield from self._finish()

    def _begin(self, marker: _Marker) -> Iterator[_Found]:
        dropped = False
        if not self.stack:
            yield from self._orphan(marker.start, ("missing_begin", "missing_end"))
        elif self._after_agent(marker.start):
            dropped = True
            self.counts["agent"] += 1
        elif not self.balanced:
            while self.stack:
                yield from self._close(marker.start, ("missing_end",))
        if self.stack:
            parent = self.stack[-1]
            parent.pieces.append(self.text[parent.resume : marker.start])
            dropped = dropped or parent.dropped
        self.stack.append(_Open(self._line_at(marker.start), marker.end, dropped))

    def _end(self, marker: _Marker) -> Iterator[_Found]:
        if self.stack:
            yield from self._close(marker.start, ())
            if self.stack:
                self.stack[-1].resume = marker.end
        elif _SOMEBODY.search(self.text, self.gap, marker.start):
            body = self.text[self.gap : marker.start]
            yield self._line_at(self.gap), body, ("missing_begin",)
        else:
            self.counts["stray_end"] += 1
        self.gap = marker.end

    def _finish(self) -> Iterator[_Found]:
        cut = ("truncated", "cut_line") if self.cut_line else ("truncated",)
        if not self.stack:
            yield from self._orphan(len(self.text), ("missing_begin", *cut))
        while self.stack:
            yield from self._close(len(self.text), cut)

    def _close(self, end: int, flags: tuple[str, ...]) -> Iterator[_Found]:
        card = self.stack.pop()
        self.gap = end
        if not card.dropped:
            yield card.line, b"".join((*card.pieces, self.text[card.resume : end])), flags

    def _orphan(self, end: int, flags: tuple[str, ...]) -> Iterator[_Found]:
        """Yield what lies between two cards if it is a card that lost both its frame lines."""
        if _VERSION.search(self.text, self.gap, end) and _SOMEBODY.search(self.text, self.gap, end):
            yield self._line_at(self.gap), self.text[self.gap : end], flags

    def _line_at(self, position: int) -> int:
        """Return the line after the LF at a position; positions come in rising order."""
        self.line += self.text.count(b"\n", self.counted, position + 1)
        self.counted = position + 1
        return self.line

    def last_line(self) -> int:
        """Return how many lines end up to the end of the block."""
        return self.line + self.text.count(b"\n", self.counted)

    def _after_agent(self, position: int) -> bool:
        start = max(self.stack[-1].resume, position - AGENT_REACH)
        before = self.text[start:position].rstrip()
        return _AGENT.fullmatch(before, before.rfind(b"\n") + 1) is not None


def cards(content: Content, counts: Counter[str]) -> Iterator[Card]:
    """Yield every card of a file in the order in which they end.

    Args:
        content: The file.
        counts: Is told of ``agent`` (cards inside another, left out) and ``stray_end``.
    """
    number = lines = 0
    with content.open() as stream:
        for block in _blocks(stream):
            walk = _Walk(block, lines, counts)
            for line, body, flags in walk.cards():
                number += 1
                yield Card(number, line, body, flags)
            lines = walk.last_line()


def handfuls(found: Iterable[Card]) -> Iterator[list[Card]]:
    """Yield cards by a few dozen; fewer where they are so large that they would fill the memory."""
    some: list[Card] = []
    size = 0
    for card in found:
        some.append(card)
        size += len(card.body)
        if len(some) == HANDFUL or size > HANDFUL_SIZE:
            yield some
            some, size = [], 0
    if some:
        yield some
