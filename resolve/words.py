"""Word lists and nickname tables from ``data/``, as sets and mappings; holds no words itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def _lines(name: str) -> Iterator[str]:
    text = files("notworking.resolve").joinpath(f"data/{name}").read_text("utf-8")
    for line in text.splitlines():
        content = line.split("#", 1)[0].strip()
        if content:
            yield content


@cache
def words(name: str) -> frozenset[str]:
    """Return the blank-separated words of ``data/<name>.txt``."""
    return frozenset(word for line in _lines(f"{name}.txt") for word in line.split())


@cache
def roots() -> dict[str, frozenset[int]]:
    """Return for each given name the groups of ``data/nicknames.tsv`` it stands in.

    A line is a group: the first name is the root and the others are its short or foreign forms.
    The root itself and its forms meet in the group; groups are never joined to one another.
    """
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_lines("nicknames.tsv")):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def mapping(name: str) -> dict[str, str]:
    """Return the two columns of ``data/<name>.tsv`` as a mapping."""
    pairs = (line.split(maxsplit=1) for line in _lines(f"{name}.tsv"))
    return {left: right for left, right in pairs}


@cache
def shares(name: str) -> dict[str, float]:
    """Return names with their rough share among people, from ``data/<name>.tsv`` (per mille)."""
    return {left: float(right) / 1000 for left, right in mapping(name).items()}
