"""JSON of any size, pulled value by value: memory holds one value, not the file.

The reader of a file walks down to its lists with ``members`` and ``elements`` and takes each
element as a whole with ``value``. Text is UTF-8, with or without a byte order mark; bytes that are
not become ``�``. Where the text breaks off or is damaged everything stops, and ``damage`` says
where. This module knows nothing of what the values mean.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO

from notworking.ingest.importer import shorten
from notworking.records import Reject

_DECODER = json.JSONDecoder(strict=False)
_BLANK = re.compile(r"[ \t\r\n]*")
#: Bytes that are read at once.
_BLOCK = 1 << 20
#: Characters that one value may have; a message with everything in it has some thousands.
LONGEST = 64 << 20
#: A fault nearer to the end of what was read so far may be nothing but that end.
_NEAR_END = 16
#: What may follow the part of a number that is one already; nothing at the end of a block.
_GOING_ON = ("", ".", "e", "E")
_CONTEXT = 200


class CutError(Exception):
    """The text cannot be read any further; ``Stream.damage`` says where."""


class Stream:
    """A position in a JSON text that is read block by block.

    Attributes:
        damage: What stopped the reading; None as long as nothing did.
    """

    def __init__(self, source: BinaryIO) -> None:
        """Begin at the start of the text."""
        self.damage: Reject | None = None
        self._source = source
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Return the next character that is not blank, without taking it; empty at the end."""
        while True:
            match = _BLANK.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip_past(self, sign: str) -> None:
        """Go behind the next occurrence of a character, or to the end."""
        while (found := self._text.find(sign, self._at)) < 0:
            self._at = len(self._text)
            if not self._more():
                return
        self._at = found + 1

    def value(self, place: str) -> object:
        """Take the whole value at the position.

        Raises:
            CutError: There is none, or it is damaged or cut off.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                is_cut = error.pos >= len(self._text) - _NEAR_END
                if (is_cut or error.msg.startswith("Unterminated")) and self._more():
                    continue
                raise self._cut(place) from None
            except (RecursionError, ValueError):
                raise self._cut(place) from None
            # A number that ends with what was read so far may go on.
            if self._text[end : end + 1] not in _GOING_ON or not self._more():
                self._at = end
                return value

    def elements(self, place: str) -> Iterator[str]:
        """Yield the place of each element of the list at the position.

        The element must be taken before the next one is asked for.

        Raises:
            CutError: The list is damaged or cut off.
        """
        self._take("[", place)
        if self.peek() == "]":
            self._at += 1
            return
        for number in count():
            here = f"{place}[{number}]"
            yield here
            if not self._goes_on("]", here):
                return

    def members(self, place: str) -> Iterator[str]:
        """Yield the name of each member of the object at the position, as ``elements`` does.

        Raises:
            CutError: The object is damaged or cut off.
        """
        self._take("{", place)
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            if self.peek() != '"':
                raise self._cut(place)
            name = str(self.value(place))
            self._take(":", place)
            yield name
            if not self._goes_on("}", place):
                return

    def finish(self, ending: str = "") -> Reject | None:
        """Return the reject for a text that was cut, or that goes on after its value.

        Args:
            ending: A character that may follow the value.
        """
        if self.damage is None and ending and self.peek() == ending:
            self._at += 1
        if self.damage is None and self.peek():
            return Reject("file", "text after the end of the JSON", self._context().strip())
        return self.damage

    def _context(self) -> str:
        """Return some of what stands at the position."""
        while len(self._text) < self._at + _CONTEXT and self._more():
            pass
        return shorten(self._text[self._at : self._at + _CONTEXT])

    def _more(self) -> bool:
        """Read on, forgetting what was taken; False at the end, or if one value is too long."""
        if self._ended or len(self._text) - self._at > LONGEST:
            return False
        wanted = max(_BLOCK, len(self._text) - self._at)
        block = self._source.read(wanted)
        self._ended = not block
        self._text = self._text[self._at :] + self._decode(block, not block)
        self._at = 0
        return True

    def _take(self, sign: str, place: str) -> None:
        if self.peek() != sign:
            raise self._cut(place)
        self._at += 1

    def _goes_on(self, end: str, place: str) -> bool:
        """Take the comma, or the end of the list or object, behind what was taken last."""
        if self.damage is not None:
            return False
        sign = self.peek()
        if sign not in (",", end):
            raise self._cut(place)
        self._at += 1
        return sign == ","

    def _cut(self, place: str) -> CutError:
        raw = self._context()
        reason = "not JSON from here on, nothing after it was read"
        self.damage = Reject(shorten(place) or "file", reason, raw, is_end=True)
        return CutError(place)
