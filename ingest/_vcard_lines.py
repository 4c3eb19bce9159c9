"""vCard files, second step: the text of one card to its properties.

Undoes folding, quoted-printable, base64 and character sets, of vCard 2.1, 3.0 and 4.0 alike: cards
of one version are full of habits of another, so the union of their rules is applied. What a
property means is no concern of this module; escapes in values are left to whoever splits them.
"""

from __future__ import annotations

import binascii
import re
from collections import Counter
from dataclasses import dataclass

from notworking.ingest._vcard_cards import Card
from notworking.ingest._vcard_head import Head, split_line
from notworking.ingest._vcard_text import decode_bytes

#: Longest text of one value, in characters.
VALUE_LIMIT = 1 << 20
#: Longest address of a picture that is kept.
ADDRESS_LIMIT = 2000

#: Never decoded: pictures, sounds, keys, and a layout that Outlook adds.
BINARY = frozenset(
    {
        "PHOTO",
        "LOGO",
        "SOUND",
        "KEY",
        "X-MS-CARDPICTURE",
        "X-MS-OL-DESIGN",
        "X-EVOLUTION-X509-CERT",
    }
)
_WORDS = (
    "BEGIN END VERSION FN N NICKNAME EMAIL TEL ADR LABEL ORG TITLE ROLE URL IMPP BDAY ANNIVERSARY "
    "CATEGORIES NOTE UID REV RELATED GENDER PHOTO LOGO SOUND KEY KIND MEMBER PRODID TZ GEO LANG "
    "SOURCE NAME PROFILE MAILER CLASS SORT-STRING AGENT FBURL CALURI CALADRURI CLIENTPIDMAP XML "
    "SOCIALPROFILE"
)
KNOWN = frozenset(_WORDS.split())
#: Free text over several lines, where a line without a name belongs to the line before.
_SEVERAL_LINES = frozenset({"ADR", "LABEL", "NOTE", "ORG"})
#: Where half a value is worse than none: it could be somebody else's.
_IDENTIFIERS = frozenset({"EMAIL", "TEL", "URL", "UID", "IMPP", "X-SOCIALPROFILE"})
_KNOWN_LINE = re.compile(
    rb"[ \t]*(?:[\w-]{1,64}\.)?(?:X-[\w-]+|" + "|".join(sorted(KNOWN)).encode() + rb")[;:]",
    re.IGNORECASE,
)
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t"


@dataclass(frozen=True, slots=True)
class Property:
    """One property; the value is text with its escapes, empty for what is binary."""

    head: Head
    value: str


@dataclass(frozen=True, slots=True)
class Properties:
    """All properties of one card, and its unfolded lines as they were."""

    found: list[Property]
    lines: list[str]


def _value(head: Head, line: str, start: int, flags: Counter[str]) -> str:
    """Return the decoded value; of a picture only where it lies.

    Japanese phones write the spoken form of a name as a SOUND, which is text.
    """
    if head.name not in BINARY or "X-IRMC-N" in head.types:
        return _decode_value(head, line[start:], flags)
    outside = line.startswith(("http:", "https:"), start) and len(line) <= ADDRESS_LIMIT
    return _decode_value(head, line[start:], flags) if outside else ""


def _decode_value(head: Head, value: str, flags: Counter[str]) -> str:
    if head.encoding == "Q":
        data = binascii.a2b_qp(value.encode("utf-8", "surrogateescape"))
        value = decode_bytes(data, head.charset, flags)
    elif head.encoding == "B":
        value = _from_base64(value, head.charset, flags)
    elif not value.isascii() or head.charset == "iso2022_jp":
        data = value.encode("utf-8", "surrogateescape")
        value = decode_bytes(data, head.charset, flags)
    if head.encoding:
        value = value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(value) > VALUE_LIMIT:
        flags["cut_value"] += 1
        value = value[:VALUE_LIMIT]
    return value


def _from_base64(value: str, charset: str, flags: Counter[str]) -> str:
    try:
        data = binascii.a2b_base64(value.encode("ascii"))
    except (UnicodeEncodeError, binascii.Error):
        flags["bad_base64"] += 1
        return ""
    return decode_bytes(data, charset, flags)


class _Line:
    """A logical line that grows while its continuations are read."""

    def __init__(self, raw: bytes) -> None:
        self.parts = [raw]
        self.head: Head | None = None
        self.closed = False
        self._look()

    def _look(self) -> None:
        # A head folded into more pieces than this is no head, and joining them would cost.
        if self.head is None and len(self.parts) <= 16:
            text = b"".join(self.parts).decode("utf-8", "surrogateescape")
            self.head = split_line(text)[0]

    @property
    def encoding(self) -> str:
        return self.head.encoding if self.head is not None else ""

    def takes(self, raw: bytes) -> bool:
        """Append a physical line if it continues this one."""
        last = self.parts[-1].rstrip(b" \t") if self.encoding == "Q" else b""
        if last.endswith(b"="):
            self.parts[-1] = last[:-1]
            if _KNOWN_LINE.match(raw):
                return False
            self.parts.append(raw)
        elif raw[:1] in {b" ", b"\t"}:
            self.parts.append(raw.strip(b" \t") if self.encoding == "B" else raw[1:])
            self._look()
        elif not raw:
            self.closed = True
        elif self.encoding == "B" and not self.closed and not raw.translate(None, _BASE64):
            self.parts.append(raw)
        else:
            return False
        return True

    def takes_junk(self, other: _Line) -> bool:
        """Append a line that is no property, where this one is free text."""
        if self.head is None:
            return False
        name = self.head.name
        if name not in _SEVERAL_LINES and not name.startswith("X-"):
            return False
        text = b"".join(other.parts)
        if self.encoding == "Q":
            self.parts += [b"=0A", text.rstrip(b"= \t")]
        elif self.encoding != "B":
            self.parts += [b"\\n", text]
        return True


def _is_junk(line: _Line, before: _Line | None) -> bool:
    """Tell whether a line is no property: by its form, or as the rest of a torn soft break."""
    if line.head is None:
        return True
    name = line.head.name
    after_quoted = before is not None and before.encoding == "Q"
    return after_quoted and name not in KNOWN and not name.startswith("X-")


def _mended(body: bytes, flags: Counter[str]) -> list[str]:
    """Unfold line by line, minding encodings and lines that lost their continuation mark."""
    logical: list[_Line] = []
    for raw in body.split(b"\n"):
        if not (logical and logical[-1].takes(raw)) and raw.strip(b" \t"):
            logical.append(_Line(raw))
    kept: list[_Line] = []
    for line in logical:
        before = kept[-1] if kept else None
        if not _is_junk(line, before):
            kept.append(line)
        elif line.parts[0].lstrip()[:1] != b"#" and not (before and before.takes_junk(line)):
            flags["junk_lines"] += 1
    return [b"".join(line.parts).decode("utf-8", "surrogateescape") for line in kept]


def _heads(lines: list[str]) -> list[tuple[Head, int]] | None:
    """Return head and start of the value for every line; None if one is no property."""
    found = []
    for line in lines:
        head, start = split_line(line)
        if head is None:
            return None
        found.append((head, start))
    return found


def _unfolded(body: bytes) -> list[str]:
    text = body.replace(b"\n ", b"").replace(b"\n\t", b"").decode("utf-8", "surrogateescape")
    return [line for line in text.split("\n") if line]


def _may_be_quoted_printable(body: bytes) -> bool:
    return b"=\n" in body and (b"UOTED-P" in body or b"uoted-" in body or b"UOTED-p" in body)


def properties(card: Card, flags: Counter[str]) -> Properties:
    """Return the properties of one card.

    Args:
        card: The card.
        flags: Is told of whatever was wrong on the way.
    """
    lines: list[str] = []
    heads = None
    if not _may_be_quoted_printable(card.body):
        lines = _unfolded(card.body)
        heads = _heads(lines)
    if heads is None:
        lines = _mended(card.body, flags)
        heads = [(head, at) for head, at in map(split_line, lines) if head is not None]
    if "cut_line" in card.flags and heads and heads[-1][0].name in _IDENTIFIERS:
        heads, lines = heads[:-1], lines[:-1]
    return Properties(
        [
            Property(head, _value(head, line, at, flags))
            for (head, at), line in zip(heads, lines, strict=True)
        ],
        lines,
    )
