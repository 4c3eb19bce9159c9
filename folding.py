"""Content lines as vCard and iCalendar share them (RFC 6350 section 3.2, RFC 5545 section 3.1)."""

from __future__ import annotations

import re

#: Octets of a physical line, without its end.
_WIDTH = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")


def line(name: str, value: str) -> str:
    """Return one folded content line with its end; the value is escaped already."""
    whole = f"{name}:{value}"
    pieces: list[str] = []
    start = size = 0
    for index, character in enumerate(whole):
        octets = len(character.encode("utf-8"))
        # A folded line begins with a blank, which counts.
        if size + octets > _WIDTH - (1 if pieces else 0):
            pieces.append(whole[start:index])
            start, size = index, 0
        size += octets
    pieces.append(whole[start:])
    return "\r\n ".join(pieces) + "\r\n"


def escaped(text: str) -> str:
    """Return a text value: control characters gone, line breaks and separators escaped."""
    plain = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    plain = plain.encode("utf-8", "replace").decode("utf-8")
    for character in ("\\", ";", ","):
        plain = plain.replace(character, "\\" + character)
    return plain.replace("\n", "\\n").replace("\t", " ")


def one_line(text: str) -> str:
    """Return a text value without line breaks."""
    return escaped(" ".join(text.split()))
