"""From what was typed to what is looked for: concepts, each with the ways it can be written.

A concept is a word of the question, or a phrase of it that the list of synonyms knows. Which words
of the database are meant, misspellings and endings included, is decided here as well; who holds
them is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from notworking.seek.lists import Phrase, stop_words
from notworking.seek.wording import plain_words

#: A question has so many words at most; more are not read.
MOST_WORDS = 12
_LONGEST_PHRASE = 5
_SYNONYM = 0.9
_MISSPELT = {1: 0.8, 2: 0.65}
#: Where the word itself is known too, a misspelling must be so much more common to be meant.
_COMMONER = 10


@dataclass(frozen=True, slots=True)
class Way:
    """One way to write a concept: words that stand together, and how surely they mean it."""

    words: Phrase
    factor: float


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing asked for: as typed, and every way to write it (the first is as typed)."""

    asked: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A word of the database that can be meant by a word of a question.

    Attributes:
        word: As the database has it.
        quality: How surely it is meant, up to 1.
        kind: ``exact``, ``form`` (another ending or part of a compound) or ``typo``.
    """

    word: str
    quality: float
    kind: str


def read(text: str, groups: Iterable[tuple[str, ...]]) -> list[Concept]:
    """Return the concepts of a question.

    Args:
        text: As typed.
        groups: Synonyms, a group of phrases each.
    """
    words = telling(plain_words(text))[:MOST_WORDS]
    known = _index(groups)
    concepts: list[Concept] = []
    at = 0
    while at < len(words):
        size = next(
            (
                n
                for n in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1)
                if tuple(words[at : at + n]) in known
            ),
            1,
        )
        own = tuple(words[at : at + size])
        meant = own if own in known else tuple(word.removesuffix("s") for word in own)
        others = [Way(phrase, _SYNONYM) for phrase in known.get(meant, ()) if phrase != own]
        concept = Concept(" ".join(own), (Way(own, 1.0), *others))
        if concept not in concepts:
            concepts.append(concept)
        at += size
    return concepts


def telling(words: list[str]) -> list[str]:
    """Return the words without those that say nothing, unless there are no others."""
    kept = [word for word in words if word not in stop_words()]
    return kept or words


def _index(groups: Iterable[tuple[str, ...]]) -> dict[Phrase, list[Phrase]]:
    known: dict[Phrase, list[Phrase]] = {}
    for group in groups:
        phrases = [tuple(telling(plain_words(member))) for member in group]
        for phrase in phrases:
            known.setdefault(phrase, []).extend(p for p in phrases if p and p not in known[phrase])
    return known


def variants(word: str, near: Mapping[str, int]) -> list[Variant]:
    """Return the words of the database that can be meant by one word, the surest first.

    Args:
        word: A plain word of the question.
        near: Words of the database that resemble it, and how many people have each.
    """
    found = [Variant(word, 1.0, "exact")] if word in near else []
    forms = [(other, _form(word, other)) for other in near if other != word]
    found += [Variant(other, quality, "form") for other, quality in forms if quality]
    taken = {variant.word for variant in found}
    typos = _misspelt(word, {w: n for w, n in near.items() if w not in taken}, near.get(word, 0))
    return sorted([*found, *typos], key=lambda v: (-v.quality, v.word))


def _form(word: str, other: str) -> float:
    """Return how surely another word is a form of a word; 0 if it is none."""
    short, long = sorted((word, other), key=len)
    added = len(long) - len(short)
    if long.startswith(short) and len(short) >= 4:
        if added <= 2:
            return 0.9
        if added <= 4 and len(short) >= 5:
            return 0.75
    shared = _shared_beginning(word, other)
    is_slip = OSA.distance(word, other, score_cutoff=1) <= 1
    if shared >= 7 and len(word) - shared <= 3 and len(other) - shared <= 3 and not is_slip:
        return 0.6
    if other.endswith(word) and len(word) >= 6:
        return 0.7
    return 0.0


def _shared_beginning(word: str, other: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
        min(len(word), len(other)),
    )


def _misspelt(word: str, near: Mapping[str, int], own: int) -> list[Variant]:
    allowed = 0 if len(word) < 5 else 1 if len(word) < 9 else 2
    distances = {
        other: OSA.distance(word, other, score_cutoff=allowed)
        for other, people in near.items()
        if allowed and people >= _COMMONER * own
    }
    close = {other: n for other, n in distances.items() if 0 < n <= allowed}
    least = min(close.values(), default=0)
    return [Variant(other, _MISSPELT[n], "typo") for other, n in close.items() if n == least]
