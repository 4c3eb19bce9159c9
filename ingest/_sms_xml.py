"""SMS Backup & Restore files, first step: XML of any size to its elements, one at a time.

Two things are done that a plain XML reader would not do. Emoji written as two surrogate references
(``&#55357;&#56832;``), which no XML may hold, are mended. A file with a document type is refused:
the app writes none, and it is how entities are smuggled in. What elements mean is not known here.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from notworking.ingest.importer import Content
from notworking.records import Reject

_BLOCK = 1 << 20
#: Longest stretch without the end of a tag that waits for more: a picture is shorter.
_LONGEST = 128 << 20
_REFERENCE = re.compile(
    r"&#(5[56]\d{3}|x[dD][89abAB][0-9a-fA-F]{2});&#(5[67]\d{3}|x[dD][c-fC-F][0-9a-fA-F]{2});"
    r"|&#(\d{1,7}|x[0-9a-fA-F]{1,6});"
)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RECORDS = frozenset({"sms", "mms", "call"})


class _RefusedError(Exception):
    """The file declares a document type."""


@dataclass(slots=True)
class Element:
    """A message or call.

    Attributes:
        line: Line of its start, from 1.
        addresses: Type and address of everybody a multimedia message names.
        texts: Text parts of a multimedia message.
    """

    line: int
    name: str
    attributes: dict[str, str]
    addresses: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, trimmed; nothing where it is absent or the app wrote ``null``."""
        value = self.attributes.get(name, "").strip()
        return "" if value == "null" else value


class _Reading:
    """What the parser's callbacks fill."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.current: Element | None = None
        self.done: list[Element] = []

    def _refuse(self, *_declared: object) -> None:
        raise _RefusedError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _RECORDS:
            self.current = Element(self.parser.CurrentLineNumber, name, attributes)
        elif self.current is None:
            return
        elif name == "addr":
            told = attributes.get("type", ""), attributes.get("address", "")
            self.current.addresses.append(told)
        elif name == "part" and attributes.get("ct") == "text/plain":
            self.current.texts.append(attributes.get("text", ""))

    def _end(self, name: str) -> None:
        if self.current is not None and name == self.current.name:
            self.done.append(self.current)
            self.current = None


def elements(content: Content) -> Iterator[Element | Reject]:
    """Yield every message and call; at last a reject where the file breaks off."""
    reading = _Reading()
    problem = None
    for piece in _pieces(content):
        problem = _feed(reading, piece, last=False)
        yield from reading.done
        reading.done.clear()
        if problem is not None:
            break
    else:
        problem = _feed(reading, "", last=True)
    if problem is not None:
        yield problem


def _feed(reading: _Reading, piece: str, *, last: bool) -> Reject | None:
    try:
        reading.parser.Parse(piece.encode("utf-8", "replace"), last)
    except _RefusedError:
        return Reject("file", "it declares a document type, which no backup does: refused")
    except expat.ExpatError as error:
        line, words = reading.parser.ErrorLineNumber, expat.ErrorString(error.code)
        return Reject(f"line {line}", f"damaged from here on, nothing after it was read: {words}")
    return None


def _pieces(content: Content) -> Iterator[str]:
    """Yield mended text that ends with a tag, so that no reference is cut in two."""
    with content.open() as stream:
        block = stream.read(_BLOCK)
        wide = block.startswith((b"\xff\xfe", b"\xfe\xff"))
        decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8-sig")("replace")
        waiting: list[str] = []
        size = 0
        while block:
            text = decoder.decode(block)
            block = stream.read(_BLOCK)
            cut = text.rfind(">") + 1
            if cut == 0 and size < _LONGEST:
                waiting.append(text)
                size += len(text)
                continue
            yield _mended("".join((*waiting, text[:cut])))
            waiting, size = [text[cut:]], len(text) - cut
        yield _mended("".join((*waiting, decoder.decode(b"", final=True))))


def _mended(text: str) -> str:
    return _NO_XML.sub("", _REFERENCE.sub(_sign, text))


def _sign(match: re.Match[str]) -> str:
    if match[3] is None:
        high, low = _code(match[1]), _code(match[2])
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        return "\ufffd"
    code = _code(match[3])
    allowed = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return match[0] if allowed or 0x10000 <= code < 0x110000 else "\ufffd"


def _code(digits: str) -> int:
    return int(digits[1:], 16) if digits[0] == "x" else int(digits)
