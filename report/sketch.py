"""The rings in a few lines of text, for the end of an import on a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from notworking.verdict import Verdict

_PLACES = 48
#: Name, sign, sign where only ASCII can be shown, colour of the terminal.
_ROWS = (
    ("inner", "●", "O", 31),
    ("strong", "●", "O", 33),
    ("weak", "•", "o", 32),
    ("dormant", "∘", "o", 34),
    ("cards", "·", ".", 90),
)


def lines(verdict: Verdict, *, coloured: bool, ascii_only: bool) -> Iterator[str]:
    """Yield a row of dots for each class; the square root of its size, so that all fit.

    Args:
        verdict: What the import came down to.
        coloured: Whether the terminal may be sent colours.
        ascii_only: Whether it can show nothing but ASCII.
    """
    sizes = [getattr(verdict, name) for name, *_ in _ROWS]
    most = max([*sizes, 1])
    for (name, sign, plain, colour), size in zip(_ROWS, sizes, strict=True):
        dots = math.ceil(math.sqrt(size / most) * _PLACES)
        drawn = (plain if ascii_only else sign) * dots + " " * (_PLACES - dots)
        shown = f"\x1b[{colour}m{drawn}\x1b[0m" if coloured else drawn
        yield f"  {name:8}{size:>7,}  {shown}".rstrip()


def drawing(verdict: Verdict, stream: TextIO, environment: Mapping[str, str]) -> str | None:
    """Return the sketch for a stream; None where it is no terminal or there is nobody to draw."""
    if not stream.isatty() or not verdict.people:
        return None
    coloured = not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    ascii_only = "utf" not in (stream.encoding or "").lower()
    return "\n".join(lines(verdict, coloured=coloured, ascii_only=ascii_only))
