"""Reads back what the page holds, as its script does, so that tests can compare it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from notworking.report.packing import ALPHABET, HALF, SLOTS

_SLOT = re.compile(f"[{SLOTS}]")


def numbers(text: str) -> list[int]:
    found, value, factor = [], 0, 1
    for sign in text:
        digit = ALPHABET.index(sign)
        value += factor * (digit % HALF)
        factor *= HALF
        if digit < HALF:
            found.append(value)
            value, factor = 0, 1
    return found


def runs(text: str) -> list[int]:
    flat = numbers(text)
    return [
        value for value, more in zip(flat[::2], flat[1::2], strict=True) for _ in range(more + 1)
    ]


def grouped(held: list[str]) -> list[list[int]]:
    flat = iter(numbers(held[1]))
    return [[next(flat) for _ in range(length)] for length in runs(held[0])]


def sentence(packed: list[int], patterns: list[str], words: list[str], last: int) -> str:
    values = iter(packed[1:])
    return _SLOT.sub(_filled(values, words, last), patterns[packed[0] - 1])


def _filled(values: Iterator[int], words: list[str], last: int) -> Callable[[re.Match[str]], str]:
    def one(slot: re.Match[str]) -> str:
        kind, value = SLOTS.index(slot[0]), next(values)
        if kind == 5:
            return str(date(1970, 1, 1) + timedelta(last - value))
        return f'"{words[value - 1]}"' if kind == 6 else f"{value / 10**kind:.{kind}f}"

    return one
