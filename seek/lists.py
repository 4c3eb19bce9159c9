"""The word lists beside this module, and what the user adds to them.

Next to a database ``network.duckdb`` the files ``network.synonyms.tsv`` and ``network.aliases.tsv``
are read in the form of the shipped ones: one group a line, its members between tabs, ``#`` before a
remark.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from notworking.errors import UsageError
from notworking.seek.wording import plain_words

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A place where a word can stand.

    Attributes:
        name: As in ``mart.words``; also ``tag`` and ``note``.
        weight: How much a word says there, up to 1.
        told: How that is said to people, before the text itself.
    """

    name: str
    weight: float
    told: str


@dataclass(frozen=True, slots=True)
class Extras:
    """What the user added, as lines of the two files."""

    synonyms: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@cache
def fields() -> dict[str, Field]:
    """Return every place where a word can stand, the most telling first."""
    split = (line.split("\t") for line in _lines("fields.tsv"))
    return {name: Field(name, float(weight), told) for weight, name, told in split}


@cache
def stop_words() -> frozenset[str]:
    """Return the words of a question that say nothing about what is asked."""
    return frozenset(word for line in _lines("stop_words.txt") for word in line.split())


@cache
def roles() -> dict[Phrase, str]:
    """Return phrases of titles, and what somebody of that title can do for you."""
    split = (line.split("\t") for line in _lines("roles.tsv"))
    return {tuple(plain_words(phrase)): role for role, phrase in split}


@cache
def legal_forms() -> frozenset[str]:
    """Return the words of a company's name that do not tell it from another."""
    return frozenset(word for line in _lines("legal_forms.txt") for word in line.split())


@cache
def no_companies() -> frozenset[Phrase]:
    """Return what people write for want of a company."""
    return frozenset(tuple(plain_words(line)) for line in _lines("no_company.txt"))


def synonyms(extras: Extras) -> tuple[tuple[str, ...], ...]:
    """Return groups of phrases that mean much the same, the user's own first."""
    return _groups((*extras.synonyms, *_lines("synonyms.tsv")))


def aliases(extras: Extras) -> tuple[tuple[str, ...], ...]:
    """Return groups of names of one company, the user's own first."""
    return _groups((*extras.aliases, *_lines("aliases.tsv")))


def extras_beside(database: Path) -> Extras:
    """Read what the user added next to a database.

    Raises:
        UsageError: A file is there and cannot be read.
    """
    return Extras(_own(database, "synonyms"), _own(database, "aliases"))


def _own(database: Path, kind: str) -> tuple[str, ...]:
    path = database.with_name(f"{database.stem}.{kind}.tsv")
    try:
        return _sound(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read ({error}). Save it as UTF-8 text, or move it away."
        ) from error


def _groups(lines: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    split = (tuple(part.strip() for part in line.split("\t")) for line in lines)
    return tuple(tuple(part for part in parts if part) for parts in split)


def _lines(name: str) -> tuple[str, ...]:
    return _sound(
        files("notworking.seek").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    )


def _sound(text: str) -> tuple[str, ...]:
    return tuple(
        line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")
    )
