"""vCard files: what stands before the colon of a property: group, name and parameters."""

from __future__ import annotations

import binascii
import re
from collections import Counter

import msgspec

from notworking.ingest._vcard_text import CHARSETS, SEVERAL_BYTES, decode_bytes, readable

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
#: Heads longer than this are read without being remembered.
HEAD_LIMIT = 1000
HEADS_KEPT = 4096

_MOBILE = frozenset({"cell", "mobile", "iphone"})
_PLACES = ("work", "home", "other", "car", "main")
_LABELLED = frozenset({"TEL", "EMAIL", "ADR", "URL"})
#: Bare words that begin like an Android label and are none.
_NO_LABEL = re.compile(r"X-(?:NEC|IRMC|EVOLUTION|CUSTOM|KADDRESSBOOK)", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][A-Z0-9-]{0,99}", re.ASCII)
_GROUP = re.compile(r"[\w.-]{0,64}")
#: Words before a colon at the start of a line of free text.
_NO_NAME = frozenset({"HTTP", "HTTPS", "MAILTO", "FTP"})
_QUOTE_OR_COLON = re.compile('[":]')


class Head(msgspec.Struct, frozen=True, gc=False):
    """What stands before the colon.

    Attributes:
        name: Upper case, ``_`` as ``-``.
        group: What ties a property to its ``X-ABLabel``; lower case, often empty.
        types: TYPE words, lower case, without encodings.
        params: First value of every other parameter, by upper-case name.
        encoding: ``Q``, ``B`` or nothing.
        charset: As Python calls it, or nothing.
        label: Android's own label of a number.
        type_label: What the types say as a label.
        plain: Whether the value is text that needs no decoding where the card is sound UTF-8.
        skipped: Whether the value is read only if it is the address of a picture.
    """

    name: str
    group: str = ""
    types: tuple[str, ...] = ()
    params: dict[str, str] = {}
    encoding: str = ""
    charset: str = ""
    label: str | None = None
    type_label: str | None = None
    plain: bool = True
    skipped: bool = False


def _split_outside_quotes(text: str, separator: str) -> list[str]:
    pieces = text.split(separator)
    if '"' not in text:
        return pieces
    parts: list[list[str]] = []
    inside = False
    for piece in pieces:
        if inside:
            parts[-1].append(piece)
        else:
            parts.append([piece])
        inside ^= piece.count('"') % 2 == 1
    return [separator.join(part) for part in parts]


def _plain(text: str) -> str:
    """Return a parameter without quotes and the escapes of RFC 6868."""
    text = text.strip(' \t"')
    if "^" in text:
        text = re.sub(r"\^([n'^])", lambda m: {"n": "\n", "'": '"', "^": "^"}[m.group(1)], text)
    return text


def _custom_label(word: str) -> str:
    """Return the label in Android's ``X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=41)``."""
    *options, label = word[len("X-CUSTOM(") :].rstrip(") ").split(",")
    if any("QUOTED-PRINTABLE" in option.upper() for option in options):
        label = decode_bytes(binascii.a2b_qp(label.encode("utf-8", "replace")), "", Counter())
    return label.strip()


def _encoding_of(word: str) -> str | None:
    """Return the encoding that a word names, nothing for a plain one, None for another word."""
    word = word.strip().upper()
    if word in {"QUOTED-PRINTABLE", "Q"}:
        return "Q"
    if word in {"BASE64", "B"}:
        return "B"
    return "" if word in {"7BIT", "8BIT"} else None


class _HeadParts:
    """Gathers parameters while a head is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.types: list[str] = []
        self.params: dict[str, str] = {}
        self.encodings: set[str] = set()
        self.label: str | None = None

    def add(self, param: str) -> None:
        """Take one parameter, with or without a name."""
        if param[:9].upper() == "X-CUSTOM(":
            self.label = _custom_label(param)
            return
        name, equals, value = param.partition("=")
        if not equals:
            self._add_word(_plain(param))
        elif name.strip().upper() == "TYPE":
            for word in _split_outside_quotes(value, ","):
                self.types += [part.strip().lower() for part in _plain(word).split(",")]
        elif name.strip().upper() == "ENCODING":
            self.encodings.add(_encoding_of(_plain(value)) or "")
        else:
            self.params.setdefault(name.strip().upper().replace("_", "-"), _plain(value))

    def _add_word(self, word: str) -> None:
        encoding = _encoding_of(word)
        if encoding is not None:
            self.encodings.add(encoding)
        elif word[:2].upper() == "X-" and self.name in _LABELLED and not _NO_LABEL.match(word):
            self.label = word[2:]
        elif word:
            self.types.append(word.lower())

    def head(self, group: str) -> Head:
        """Return the finished head. Quoted-printable wins where several encodings stand."""
        encoding = "Q" if "Q" in self.encodings else "B" if "B" in self.encodings else ""
        if "PREF" in self.params:
            self.types.append("pref")
        charset = CHARSETS.get(self.params.get("CHARSET", "").lower(), "")
        types = tuple(dict.fromkeys(word for word in self.types if word))
        plain = not encoding and charset not in SEVERAL_BYTES and self.name not in BINARY
        skipped = self.name in BINARY and "x-irmc-n" not in types
        return Head(
            self.name,
            group,
            types,
            self.params,
            encoding,
            charset,
            self.label,
            _type_label(types),
            plain,
            skipped,
        )


def _type_label(types: tuple[str, ...]) -> str | None:
    words = [place for place in _PLACES if place in types]
    if "fax" in types:
        words.append("fax")
    elif "pager" in types:
        words.append("pager")
    elif not _MOBILE.isdisjoint(types):
        words.append("mobile")
    return " ".join(words) or None


def _read_head(text: str) -> Head | None:
    first, *params = _split_outside_quotes(text, ";")
    first = first.strip(" \t")
    group, _, name = first.rpartition(".")
    if group[:2].upper() == "X-":
        group, name = "", first
    name = name.upper().replace("_", "-")
    odd_name = name.startswith("X-") and len(name) <= 100
    named = odd_name or (_NAME.fullmatch(name) and name not in _NO_NAME)
    if not named or not _GROUP.fullmatch(group):
        return None
    parts = _HeadParts(readable(name))
    for param in params:
        parts.add(readable(param))
    return parts.head(readable(group).lower())


#: The same few dozen heads stand in every card.
_heads: dict[str, Head] = {}
#: Those among them that stand at the start of a line, before a value that is taken as it is, or
#: not at all.
_simple_heads: dict[str, Head] = {}
#: Looks up what stands before the first colon of a line, if it is one of those.
simple_head = _simple_heads.get


def read_head(text: str) -> Head | None:
    """Return the head of a property, None if the text cannot be one."""
    head = _heads.get(text)
    if head is None:
        head = _read_head(text)
        # With a quote left open, the first colon need not be the one that ends the head.
        if head is not None and len(text) <= HEAD_LIMIT and text.count('"') % 2 == 0:
            _remember(text, head)
    return head


def _remember(text: str, head: Head) -> None:
    if len(_heads) >= HEADS_KEPT:
        _heads.clear()
        _simple_heads.clear()
    _heads[text] = head
    if (head.plain or head.skipped) and not text.startswith((" ", "\t")):
        _simple_heads[text] = head


def split_line(line: str) -> tuple[Head | None, int]:
    """Return the head of a line (None: the line is no property) and where its value starts."""
    colon = line.find(":")
    if colon >= 0 and '"' in line[:colon]:
        colon = _colon_outside_quotes(line, colon)
    return (read_head(line[:colon]) if colon > 0 else None), colon + 1


def _colon_outside_quotes(line: str, otherwise: int) -> int:
    inside = False
    for mark in _QUOTE_OR_COLON.finditer(line):
        if mark.group() == '"':
            inside = not inside
        elif not inside:
            return mark.start()
    return otherwise
