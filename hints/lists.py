"""The word lists: one file a language, read, checked and spelled out into plain phrases.

A list line is ``kind <tab> pattern``. A pattern is words, with ``{a|b}`` for either, ``[a]`` for
an optional part, ``...`` for a few words of the same sentence, and ``?`` where a question mark
must stand. A kind with ``-`` before it is an exception: a hit of that kind that overlaps it does
not count.
The kind ``date`` is no hint; it tells whether an ask names a day. Matching is not done here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import product
from math import prod

import polars as pl

from notworking.errors import NotworkingError
from notworking.hints.spelling import plain

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
_DATE = "date"
#: A pattern that spells out into more phrases than this is a slip of the pen.
_MOST_PHRASES = 10_000
_GAP = "..."
#: Words, with words on both sides of a gap.
_SOUND = re.compile(r"(?:(?!\.\.\.).)*\w(?:(?!\.\.\.).)*(?:\.\.\..*\w.*)?")
_PARTS = re.compile(r"\{([^{}\[\]]*)\}|\[([^{}\[\]]*)\]|([^{}\[\]]+)")


class WordListError(NotworkingError):
    """A word list is not in the agreed form; the message names the file and the line."""


def digest() -> str:
    """Return what tells one state of the lists from another."""
    whole = hashlib.sha256()
    for language in LANGUAGES:
        whole.update(_text(language).encode("utf-8"))
    return whole.hexdigest()


@cache
def phrases() -> pl.DataFrame:
    """Return every phrase that is a hint, or an exception to one.

    Columns: ``phrase`` (plain words between single blanks), ``tail`` (likewise, what must follow
    within a few words; or null), ``lang``, ``kind``, ``exempt``, ``size`` and ``tail_size``
    (words in them).
    """
    rows = [
        (text, language, kind.removeprefix("-"), kind.startswith("-"))
        for language in LANGUAGES
        for kind, texts in _lines(language)
        if kind != _DATE
        for text in texts
    ]
    schema = {"text": pl.String, "lang": pl.String, "kind": pl.String, "exempt": pl.Boolean}
    parts = pl.col("text").str.split_exact(_GAP, 1).struct
    return (
        pl.DataFrame(rows, schema=schema, orient="row")
        .with_columns(phrase=plain(parts.field("field_0")), tail=plain(parts.field("field_1")))
        .with_columns(size=_size("phrase"), tail_size=_size("tail").fill_null(0))
        .drop("text")
        .unique(maintain_order=True)
    )


@cache
def date_phrases() -> pl.Series:
    """Return the words by which days are named, in all languages, as in ``phrases``."""
    texts = [
        text
        for language in LANGUAGES
        for kind, found in _lines(language)
        if kind == _DATE
        for text in found
    ]
    return pl.select(plain(pl.lit(pl.Series(texts))).unique().sort()).to_series()


def _size(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars().str.count_matches(" ", literal=True).cast(pl.Int64) + 1


@cache
def parts() -> pl.DataFrame:
    """Return what phrases are made of.

    Columns: ``part``, its ``size``, whether it ``begins`` a phrase, its first words, ``anchor``.
    """
    known = phrases()
    heads = known.select(part="phrase", size="size", begins=pl.lit(True))
    tails = known.select(part="tail", size="tail_size", begins=pl.lit(False)).drop_nulls()
    whole = pl.concat([heads, tails]).unique(maintain_order=True)
    return whole.with_columns(anchor=pl.col("part").str.extract(r"^( \S+ (?:\S+ )?)"))


def parse(text: str, file: str) -> Iterator[tuple[str, list[str]]]:
    """Yield kind and phrases of every line of a list.

    Raises:
        WordListError: A line has no tab, an unknown kind, or a pattern that says nothing.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, tab, pattern = line.partition("\t")
        if not tab or kind.removeprefix("-") not in (*KINDS, _DATE):
            raise WordListError(f"{file}, line {number}: write a kind, a tab and a pattern")
        yield kind, _spelled_out(pattern, f"{file}, line {number}")


def _lines(language: str) -> list[tuple[str, list[str]]]:
    return list(parse(_text(language), f"hints/data/{language}.tsv"))


@cache
def _text(language: str) -> str:
    entry = files("notworking.hints").joinpath("data", f"{language}.tsv")
    return entry.read_text(encoding="utf-8")


def _spelled_out(pattern: str, place: str) -> list[str]:
    """Return the texts that a pattern stands for; a ``...`` in it stays."""
    choices: list[list[str]] = []
    covered = 0
    for part in _PARTS.finditer(pattern):
        covered += len(part[0])
        if part[1] is not None:
            choices.append(part[1].split("|"))
        elif part[2] is not None:
            choices.append(["", *part[2].split("|")])
        else:
            choices.append([part[3]])
    if covered != len(pattern):
        raise WordListError(f"{place}: brackets do not match in '{pattern}'")
    size = prod(len(choice) for choice in choices)
    if size > _MOST_PHRASES:
        raise WordListError(f"{place}: '{pattern}' stands for {size:,} phrases; split it")
    texts = ["".join(choice).strip() for choice in product(*choices)]
    if not all(_SOUND.fullmatch(text) for text in texts):
        raise WordListError(f"{place}: '{pattern}' can stand for nothing, on one side of a gap")
    return texts
