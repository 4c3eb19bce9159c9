"""vCard files, second step: the text of one card to its properties.

Undoes folding, quoted-printable, base64 and character sets, of vCard 2.1, 3.0 and 4.0 alike: cards
of one version are full of habits of another, so the union of their rules is applied. What a
property means is no concern of this module; escapes in values are left to whoever splits them.
"""

from __future__ import annotations

import binascii
import re
from collections import Counter
from itertools import pairwise

import msgspec

from notworking.ingest._vcard_cards import ADDRESS_LIMIT, Card
from notworking.ingest._vcard_head import Head, simple_head, split_line
from notworking.ingest._vcard_text import decode_bytes, is_torn

#: Longest text of one value, in characters.
VALUE_LIMIT = 1 << 20
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
#: A line ending in ``=`` before what may be a property, a fold or nothing.
_DOUBTFUL_BREAK = re.compile(rb"=\n(?:[ \t\n]|[\w.-]{1,64}[;:]|\Z)")
#: How the address of a picture begins, which then is not in the card.
_OUTSIDE = ("http:", "https:")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t"


#: One property; the value is text with its escapes, empty for what is binary.
Property = tuple[Head, str]


class Properties(msgspec.Struct, frozen=True):
    """All properties of one card, and the unfolded text they are from, blank lines included."""

    found: list[Property]
    text: str

    def lines(self) -> list[str]:
        """Return the unfolded line of each property as it was."""
        return [line for line in self.text.split("\n") if line]


def _value(head: Head, line: str, start: int, flags: Counter[str]) -> str:
    """Return the decoded value; of a picture only where it lies.

    Japanese phones write the spoken form of a name as a SOUND, which is text.
    """
    if head.skipped:
        outside = line.startswith(_OUTSIDE, start) and len(line) <= ADDRESS_LIMIT
        if not outside:
            return ""
    value = _decoded(head, line[start:], flags)
    if len(value) > VALUE_LIMIT:
        flags["cut_value"] += 1
        value = value[:VALUE_LIMIT]
    return value


def _decoded(head: Head, value: str, flags: Counter[str]) -> str:
    if head.encoding == "B":
        value = _from_base64(value, head.charset, flags)
    elif head.encoding == "Q":
        data = binascii.a2b_qp(value.encode("utf-8", "surrogateescape"))
        value = decode_bytes(data, head.charset, flags)
    elif not head.plain or is_torn(value):
        return decode_bytes(value.encode("utf-8", "surrogateescape"), head.charset, flags)
    else:
        return value
    return value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


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


def _mended(body: bytes, flags: Counter[str]) -> str:
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
    return "\n".join(b"".join(line.parts).decode("utf-8", "surrogateescape") for line in kept)


def _unfolded(body: bytes) -> bytes | None:
    """Undo folding and soft breaks at once; None where that takes a look at every line."""
    if b"=\n" in body and (b"UOTED-" in body or b"uoted-" in body):
        if _DOUBTFUL_BREAK.search(body):
            return None
        body = body.replace(b"=\n", b"")
    if b"\n " in body:
        body = body.replace(b"\n ", b"")
    if b"\n\t" in body:
        body = body.replace(b"\n\t", b"")
    return body


def _sound_text(body: bytes) -> tuple[str, bool]:
    """Return the text of a card, and whether a plain value in it is as it stands.

    That is so where the card is valid UTF-8 and short.
    """
    try:
        return body.decode("utf-8"), len(body) <= VALUE_LIMIT
    except UnicodeDecodeError:
        return body.decode("utf-8", "surrogateescape"), False


def _simple_lines(body: bytes) -> Properties | None:
    """Return the properties of a sound card all of whose lines begin as lines seen before.

    None for any other card, and for one with something to unfold or decode.
    """
    if b"=\n" in body or len(body) > VALUE_LIMIT:
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    found = []
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        head = simple_head(name)
        if head is not None and colon:
            if head.skipped:
                outside = value.startswith(_OUTSIDE) and len(line) <= ADDRESS_LIMIT
                if outside and (head.encoding or head.charset):
                    return None
                value = value if outside else ""
            found.append((head, value))
        elif line:
            return None
    return Properties(found, text)


def _read_lines(text: str, flags: Counter[str], *, sound: bool) -> list[Property] | None:
    """Return a property for every line but blank ones; None if one is no property.

    Args:
        text: Unfolded lines.
        flags: Is told of broken values.
        sound: Whether a plain value is as it stands.
    """
    found = []
    for line in text.split("\n"):
        if not line:
            continue
        head, start = split_line(line)
        if head is None:
            return None
        if sound and head.plain:
            found.append((head, line[start:]))
        else:
            found.append((head, _value(head, line, start, flags)))
    return found


def _has_torn_label(body: bytes, found: list[Property]) -> bool:
    """Tell whether an unknown property may be the rest of a quoted-printable one."""
    if b"UOTED-" not in body and b"uoted-" not in body:
        return False
    return any(
        before.encoding == "Q" and after.name not in KNOWN and not after.name.startswith("X-")
        for (before, _), (after, _) in pairwise(found)
    )


def properties(card: Card, flags: Counter[str]) -> Properties:
    """Return the properties of one card.

    Args:
        card: The card.
        flags: Is told of whatever was wrong on the way.
    """
    parsed = _simple_lines(card.body) or _any_lines(card, flags)
    found = parsed.found
    if "cut_line" in card.flags and found and found[-1][0].name in _IDENTIFIERS:
        return Properties(found[:-1], "\n".join(parsed.lines()[:-1]))
    return parsed


def _any_lines(card: Card, flags: Counter[str]) -> Properties:
    unfolded = _unfolded(card.body)
    if unfolded is not None:
        parsed = _simple_lines(unfolded)
        if parsed is not None:
            return parsed
        text, sound = _sound_text(unfolded)
        found = _read_lines(text, flags, sound=sound)
        if found is not None and not (found and _has_torn_label(card.body, found)):
            return Properties(found, text)
    flags.clear()
    flags.update(card.flags)
    text = _mended(card.body, flags)
    return Properties(_read_lines(text, flags, sound=False) or [], text)
