"""The word lists: one file a language, read, checked and brought into the form of plain words.

A list line is ``kind <tab> pattern``. A pattern is words, with ``{a|b}`` for either, ``[a]`` for
an optional part, ``...`` for a few words of the same sentence, and ``?`` where a question mark
must stand. A kind with ``-`` before it is an exception: a hit of that kind that overlaps it does
not count.
The kind ``date`` is no hint; it tells whether an ask names a day. Patterns are never spelled out
here, as they stand for more than a hundred thousand phrases; matching is not done here either.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import prod

from notworking.errors import NotworkingError
from notworking.hints.spelling import plain_piece

#: In the order in which a tie between lists is decided.
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
KINDS = (
    "ask",
    "offer",
    "promise",
    "thanks",
    "intro",
    "congratulate",
    "birthday",
    "nudge",
    "decline",
)
#: The kind that tells of a day and is no hint.
DATE = "date"
#: A pattern that stands for more phrases than this is a slip of the pen.
_MOST_PHRASES = 10_000
_GAP = "..."
_WORD = re.compile(r"\w")
_PARTS = re.compile(r"\{([^{}\[\]]*)\}|\[([^{}\[\]]*)\]|([^{}\[\]]+)")

#: Pieces of text in a row, each with the spellings it may have; words may reach over their borders.
Pieces = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one line looks for.

    Attributes:
        head: All of it, or what stands before the gap.
        tail: What must follow within a few words of the same sentence; empty without a gap.
    """

    head: Pieces
    tail: Pieces


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list of a language; an ``exempt`` one is an exception to its kind."""

    language: str
    kind: str
    exempt: bool
    pattern: Pattern


class WordListError(NotworkingError):
    """A word list is not in the agreed form; the message names the file and the line."""


def digest() -> str:
    """Return what tells one state of the lists from another."""
    whole = hashlib.sha256()
    for language in LANGUAGES:
        whole.update(_text(language).encode("utf-8"))
    return whole.hexdigest()


def lines() -> Iterator[Line]:
    """Yield every line of every list."""
    for language in LANGUAGES:
        for kind, pattern in parse(_text(language), f"hints/data/{language}.tsv"):
            yield Line(language, kind.removeprefix("-"), kind.startswith("-"), pattern)


def parse(text: str, file: str) -> Iterator[tuple[str, Pattern]]:
    """Yield kind and pattern of every line of a list.

    Raises:
        WordListError: A line has no tab, an unknown kind, or a pattern that says nothing.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, tab, written = line.partition("\t")
        if not tab or kind.removeprefix("-") not in (*KINDS, DATE):
            raise WordListError(f"{file}, line {number}: write a kind, a tab and a pattern")
        yield kind, _pattern(written, f"{file}, line {number}")


@cache
def _text(language: str) -> str:
    entry = files("notworking.hints").joinpath("data", f"{language}.tsv")
    return entry.read_text(encoding="utf-8")


def _pattern(written: str, place: str) -> Pattern:
    """Return a pattern, checked."""
    pieces = _pieces(written, place)
    size = prod(len(piece) for piece in pieces)
    if size > _MOST_PHRASES:
        raise WordListError(f"{place}: '{written}' stands for {size:,} phrases; split it")
    gaps = [at for at, piece in enumerate(pieces) if any(_GAP in choice for choice in piece)]
    if not gaps:
        sides = [pieces]
    elif len(gaps) == 1 and len(pieces[gaps[0]]) == 1 and pieces[gaps[0]][0].count(_GAP) == 1:
        before, _, after = pieces[gaps[0]][0].partition(_GAP)
        sides = [[*pieces[: gaps[0]], [before]], [[after], *pieces[gaps[0] + 1 :]]]
    else:
        raise WordListError(f"{place}: '{written}' may have '...' once, and outside brackets")
    if not all(any(_always_says(piece) for piece in side) for side in sides):
        reason = f"'{written}' can stand for nothing, on one side of a gap"
        raise WordListError(f"{place}: {reason}")
    head, *rest = (tuple(tuple(map(plain_piece, piece)) for piece in side) for side in sides)
    return Pattern(head, *rest) if rest else Pattern(head, ())


def _pieces(written: str, place: str) -> list[list[str]]:
    pieces: list[list[str]] = []
    covered = 0
    for part in _PARTS.finditer(written):
        covered += len(part[0])
        if part[1] is not None:
            pieces.append(part[1].split("|"))
        elif part[2] is not None:
            pieces.append(["", *part[2].split("|")])
        else:
            pieces.append([part[3]])
    if covered != len(written):
        raise WordListError(f"{place}: brackets do not match in '{written}'")
    return pieces


def _always_says(piece: list[str]) -> bool:
    return all(_WORD.search(choice) for choice in piece)
