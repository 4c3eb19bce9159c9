"""Word lists and nickname tables from ``data/``, as sets and mappings; holds no words itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from notworking.resolve.spelling import fold_family, fold_given


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
            found.setdefault(fold_given(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@cache
def mapping(name: str) -> dict[str, str]:
    """Return the two columns of ``data/<name>.tsv`` as a mapping."""
    columns = (line.split(maxsplit=1) for line in _lines(f"{name}.tsv"))
    return {column[0]: column[1] for column in columns}


@cache
def given_shares() -> dict[str, float]:
    """Return common given names, folded, with their rough share among people."""
    return {fold_given(n): float(share) / 1000 for n, share in mapping("common_given").items()}


@cache
def family_shares() -> dict[str, float]:
    """Return common family names, folded, with their rough share among people."""
    return {fold_family(n): float(share) / 1000 for n, share in mapping("common_family").items()}
