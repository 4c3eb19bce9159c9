"""The automaton of the word lists says what spelling the lists out and comparing would say."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from math import prod

import polars as pl
import pytest

from notworking.hints.automaton import automaton, built
from notworking.hints.lists import Line, Pattern, Pieces, lines, parse
from notworking.hints.spelling import ENDS, with_plain
from notworking.hints.walk import occurrences

#: Lines that stand for more phrases than this are left to chance in the comparison.
FEW = 300
Found = tuple[int, int, int, str, str, bool]


def spelled_out(pieces: Pieces) -> set[tuple[str, ...]]:
    return {tuple("".join(choice).split(" ")) for choice in product(*pieces)}


def words_of(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(" ") if word)


def plain(texts: list[str]) -> pl.Series:
    schema = {"row": pl.Int64, "text": pl.String}
    ordered = pl.DataFrame({"row": range(len(texts)), "text": texts}, schema)
    return with_plain(ordered).sort("row")["plain"]


def naive(texts: list[tuple[str, ...]], line: Line) -> Iterator[Found]:
    """Yield what a line finds, by comparing every phrase at every place."""
    heads = {words_of(" ".join(phrase)) for phrase in spelled_out(line.pattern.head)}
    tails = {words_of(" ".join(phrase)) for phrase in spelled_out(line.pattern.tail)}
    label = (line.language, line.kind, line.exempt)
    for row, words in enumerate(texts):
        for at in range(len(words)):
            for head in heads:
                if words[at : at + len(head)] != head:
                    continue
                for end in (
                    ends(words, at + len(head), tails) if line.pattern.tail else [at + len(head)]
                ):
                    yield (row, at, end - at, *label)


def ends(words: tuple[str, ...], behind: int, tails: set[tuple[str, ...]]) -> Iterator[int]:
    for gap in range(6):
        if any(word in ENDS for word in words[behind : behind + gap]):
            return
        for tail in tails:
            if words[behind + gap : behind + gap + len(tail)] == tail:
                yield behind + gap + len(tail)


def some_phrase(dice: random.Random, pattern: Pattern) -> str:
    said = "".join(dice.choice(piece) for piece in pattern.head)
    if pattern.tail:
        between = dice.choices(["so", "zz", "you", "."], k=dice.randrange(7))
        said += f" {' '.join(between)} " + "".join(dice.choice(piece) for piece in pattern.tail)
    return said


def small_lines() -> list[Line]:
    return [
        line
        for line in lines()
        if prod(map(len, line.pattern.head)) <= FEW and prod(map(len, line.pattern.tail)) <= FEW
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_automaton_finds_what_comparing_with_every_phrase_finds(seed: int) -> None:
    dice = random.Random(seed)
    chosen = dice.sample(small_lines(), 60)
    texts = ["", "you", "? ?", "\n"]
    for line in chosen:
        said = [some_phrase(dice, line.pattern), some_phrase(dice, dice.choice(chosen).pattern)]
        words = " ".join([*said, dice.choice(["a", "you", "?"])]).split(" ")
        if dice.random() < 0.3:
            words.pop(dice.randrange(len(words)))
        texts.append(" ".join(words))
    spoken = plain(texts)
    split = [words_of(text) for text in spoken]
    expected = {found for line in chosen for found in naive(split, line)}
    told = occurrences(spoken, built(chosen))
    rows = told.select("row", "at", "size", "lang", "kind", "exempt").rows()
    assert set(rows) == expected
    assert len(expected) > len(chosen)


def test_an_empty_list_finds_nothing() -> None:
    assert occurrences(plain(["thank you"]), built([])).height == 0
    assert occurrences(plain([]), automaton()).height == 0


@pytest.mark.parametrize("seed", range(3))
def test_any_spelling_of_any_line_is_found_with_its_kind(seed: int) -> None:
    dice = random.Random(seed)
    every = list(lines())
    texts = [some_phrase(dice, Pattern(line.pattern.head, ())).strip() for line in every]
    tails = ["".join(dice.choice(piece) for piece in line.pattern.tail).strip() for line in every]
    spoken = plain([f"{head} {tail}" for head, tail in zip(texts, tails, strict=True)])
    told = set(
        occurrences(spoken, automaton()).select("row", "at", "lang", "kind", "exempt").rows()
    )
    wanted = [(row, 0, line.language, line.kind, line.exempt) for row, line in enumerate(every)]
    assert [one for one in wanted if one not in told] == []


def test_words_of_the_lists_are_spelled_as_words_of_texts_are() -> None:
    words = [word for word in automaton().words.categories if word]
    assert plain(words).to_list() == [f" {word} " for word in words]


@pytest.mark.parametrize(
    ("written", "phrases"),
    [
        ("thank[s] {you|y'all}", {"thank you", "thanks you", "thank y all", "thanks y all"}),
        ("größe[n]", {"grosse", "grossen"}),
        ("any {tips|tip on|?}", {"any tips", "any tip on", "any ?"}),
        ("[so ]nice", {"so nice", "nice"}),
    ],
)
def test_a_pattern_stands_for_its_spellings(written: str, phrases: set[str]) -> None:
    ((_, pattern),) = parse(f"ask\t{written}", "list.tsv")
    found = {" ".join(words_of(" ".join(one))) for one in spelled_out(pattern.head)}
    assert found == phrases
    assert pattern.tail == ()
