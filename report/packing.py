"""Short texts for long lists: whole numbers as a few signs each, sentences by their pattern.

The page holds everybody, thirty thousand and more, so what many share is kept once and named by its
place, and numbers stand in a text of 88 signs that neither JSON nor a script element must escape.
``report.js`` reads all of it back. What is packed is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

#: A sign of the first half ends a number, one of the second half says that more follow.
ALPHABET = "".join(chr(code) for code in range(33, 127) if chr(code) not in "\"\\<>&'")
HALF = len(ALPHABET) // 2
#: Where a pattern takes an argument: a number by its decimal places, a day, a quoted text.
SLOTS = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
_DAY, _QUOTED = SLOTS[5], SLOTS[6]
_EPOCH = date(1970, 1, 1).toordinal()
_TAKEN_OUT = re.compile(r'"([^"]+)"|([0-9]{4}-[0-9]{2}-[0-9]{2})|([0-9]{1,9}(?:\.[0-9]{1,4})?)')
_RESERVED = dict.fromkeys(map(ord, SLOTS), "\ufffd")


def _signs(value: int) -> str:
    """Return one number, its lowest part first."""
    found = []
    while value >= HALF:
        value, part = divmod(value, HALF)
        found.append(ALPHABET[HALF + part])
    return "".join(found) + ALPHABET[value]


_SHORT = tuple(_signs(value) for value in range(HALF * HALF))


def numbers(values: Iterable[int]) -> str:
    """Return whole numbers from 0 on as one text: one sign below 44, two below 1,936."""
    most = len(_SHORT)
    return "".join([_SHORT[value] if value < most else _signs(value) for value in values])


def runs(values: Iterable[int]) -> str:
    """Return whole numbers that often repeat: each with how many more of it follow."""
    return numbers(
        part for value, group in groupby(values) for part in (value, sum(1 for _ in group) - 1)
    )


def grouped(lists: Iterable[Sequence[int]]) -> list[str]:
    """Return a list of numbers for everybody: how long each is, then all of them in a row."""
    held = list(lists)
    return [runs(map(len, held)), numbers(value for one in held for value in one)]


def day_number(day: date) -> int:
    """Return a day as browsers count them: days since 1970."""
    return day.toordinal() - _EPOCH


@dataclass(slots=True)
class Pool:
    """Words that are kept once."""

    words: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def place(self, word: str | None) -> int:
        """Return the place of a word; 0 is none."""
        if not word:
            return 0
        if word not in self.places:
            self.words.append(word)
            self.places[word] = len(self.words)
        return self.places[word]


@dataclass(slots=True)
class Sentences:
    """Sentences that differ only in their numbers, days and quoted words.

    Attributes:
        words: Takes the quoted words.
        last: The last day; days are told as so many before it.
        patterns: Takes the sentences without them.
    """

    words: Pool
    last: int
    patterns: Pool = field(default_factory=Pool)

    def pack(self, sentence: str, ending: str = "") -> list[int]:
        """Return the place of the pattern and what it leaves open, in the order of the text.

        The ending belongs to the pattern as it is.
        """
        left_open: list[int] = []

        def taken(hit: re.Match[str]) -> str:
            slot, value = self._argument(hit)
            if value is None:
                return hit[0]
            left_open.append(value)
            return slot

        pattern = _TAKEN_OUT.sub(
            taken, sentence if sentence.isascii() else sentence.translate(_RESERVED)
        )
        return [self.patterns.place(pattern + ending), *left_open]

    def _argument(self, hit: re.Match[str]) -> tuple[str, int | None]:
        """Return slot and value of what was found; no value where it could not be told back."""
        quoted, day, number = hit.groups()
        if quoted:
            return _QUOTED, self.words.place(quoted)
        if day:
            return _DAY, self._before_last(day)
        whole, _, decimals = number.partition(".")
        if whole != str(int(whole)):
            return "", None
        return SLOTS[len(decimals)], int(whole + decimals)

    def _before_last(self, written: str) -> int | None:
        try:
            before = self.last - day_number(date.fromisoformat(written))
        except ValueError:
            return None
        return before if before >= 0 else None
