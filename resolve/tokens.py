"""The words of all names as numbers, and how alike two words are; knows no record and no odds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from notworking.resolve.spelling import skeleton
from notworking.resolve.words import roots

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: How alike two names are, weakest first; a missing name is neither alike nor different.
DIFFERENT, MISSING, INITIAL, NEAR, NICKNAME, EQUAL = range(6)
#: The family-name counterpart of NICKNAME: one name of a double name.
PART = NICKNAME


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word that occurs in a name, sorted; a word is its place in the list.

    Attributes:
        words: The words themselves.
        letter: First letter as its place in the alphabet, per word.
        length: Number of letters, per word.
        sound: Number of the word's skeleton; equal numbers sound alike.
        sound_length: Letters of the skeleton.
        roots: Nickname groups of each word that stands in one.
    """

    words: list[str]
    letter: Ints
    length: Ints
    sound: Ints
    sound_length: Ints
    roots: dict[int, frozenset[int]]


def make_vocabulary(found: set[str]) -> Vocabulary:
    """Return the vocabulary of a set of words; the same set gives the same numbers."""
    ordered = sorted(found)
    sounds = [skeleton(word) for word in ordered]
    sound_ids = {sound: number for number, sound in enumerate(sorted(set(sounds)))}
    groups = roots()
    return Vocabulary(
        ordered,
        np.array([ord(word[0]) - 97 for word in ordered], dtype=np.int64),
        np.array([len(word) for word in ordered], dtype=np.int64),
        np.array([sound_ids[sound] for sound in sounds], dtype=np.int64),
        np.array([len(sound) for sound in sounds], dtype=np.int64),
        {number: groups[word] for number, word in enumerate(ordered) if word in groups},
    )


def given_levels(vocabulary: Vocabulary, left: Ints, right: Ints) -> Ints:
    """Return how alike given names are, word by word; -1 stands for a missing word."""
    return _levels(vocabulary, left, right, _distinct_given)


def family_levels(vocabulary: Vocabulary, left: Ints, right: Ints) -> Ints:
    """Return how alike family names are, word by word; -1 stands for a missing word."""
    return _levels(vocabulary, left, right, _distinct_family)


def _levels(
    vocabulary: Vocabulary,
    left: Ints,
    right: Ints,
    score: Callable[[Vocabulary, Ints, Ints], Ints],
) -> Ints:
    """Score distinct pairs of unequal words only, and bring the levels back to all pairs."""
    is_initial = vocabulary.length[np.maximum(left, 0)] == 1 if len(vocabulary.words) else left < 0
    levels = np.where(left == right, np.where(is_initial, INITIAL, EQUAL), DIFFERENT)
    levels[(left < 0) | (right < 0)] = MISSING
    open_rows = np.flatnonzero(levels == DIFFERENT)
    if not len(open_rows):
        return levels
    size = len(vocabulary.words)
    low, high = np.minimum(left, right)[open_rows], np.maximum(left, right)[open_rows]
    codes, back = np.unique(low * size + high, return_inverse=True)
    distinct = score(vocabulary, codes // size, codes % size)
    levels[open_rows] = distinct[back]
    return levels


def _initials(vocabulary: Vocabulary, left: Ints, right: Ints) -> tuple[Bools, Bools]:
    same_letter = vocabulary.letter[left] == vocabulary.letter[right]
    is_initial = (vocabulary.length[left] == 1) | (vocabulary.length[right] == 1)
    return same_letter, is_initial


def _distinct_given(vocabulary: Vocabulary, left: Ints, right: Ints) -> Ints:
    levels = np.full(len(left), DIFFERENT)
    same_letter, is_initial = _initials(vocabulary, left, right)
    sounds_alike = (vocabulary.sound[left] == vocabulary.sound[right]) & (
        vocabulary.sound_length[left] >= 3
    )
    maybe = np.flatnonzero((same_letter | sounds_alike) & ~is_initial)
    similar = _jaro_winkler(vocabulary, left[maybe], right[maybe], 0.90)
    levels[maybe[similar >= 0.90]] = NEAR
    levels[sounds_alike] = NEAR
    levels[_other_sex(vocabulary, left, right)] = DIFFERENT
    levels[is_initial & same_letter] = INITIAL
    levels[_shortened(vocabulary, left, right, same_letter & ~is_initial)] = NICKNAME
    levels[_nicknamed(vocabulary, left, right)] = NICKNAME
    return levels


def _distinct_family(vocabulary: Vocabulary, left: Ints, right: Ints) -> Ints:
    levels = np.full(len(left), DIFFERENT)
    same_letter, is_initial = _initials(vocabulary, left, right)
    sounds_alike = (vocabulary.sound[left] == vocabulary.sound[right]) & (
        vocabulary.sound_length[left] >= 3
    )
    close_length = np.abs(vocabulary.length[left] - vocabulary.length[right]) <= 2
    long_enough = np.minimum(vocabulary.length[left], vocabulary.length[right]) >= 4
    maybe = np.flatnonzero(close_length & long_enough)
    slips = _slips(vocabulary, left[maybe], right[maybe])
    levels[maybe[slips <= 1]] = NEAR
    two = maybe[slips == 2]
    levels[two[_jaro_winkler(vocabulary, left[two], right[two], 0.94) >= 0.94]] = NEAR
    levels[sounds_alike] = NEAR
    levels[is_initial & same_letter] = INITIAL
    return levels


def one_slip(vocabulary: Vocabulary, left: Ints, right: Ints) -> Ints:
    """Return the places where two words of four letters or more differ by one slip of the pen."""
    long_enough = np.minimum(vocabulary.length[left], vocabulary.length[right]) >= 4
    maybe = np.flatnonzero(long_enough & ~_other_sex(vocabulary, left, right))
    slips = _slips(vocabulary, left[maybe], right[maybe])
    return np.asarray(maybe[slips <= 1])


def _texts(vocabulary: Vocabulary, places: Ints) -> Sequence[str]:
    return [vocabulary.words[place] for place in places.tolist()]


def _jaro_winkler(vocabulary: Vocabulary, left: Ints, right: Ints, least: float) -> Floats:
    texts = _texts(vocabulary, left), _texts(vocabulary, right)
    return np.asarray(
        cpdist(*texts, scorer=JaroWinkler.similarity, score_cutoff=least, dtype=np.float64)
    )


def _slips(vocabulary: Vocabulary, left: Ints, right: Ints) -> Ints:
    texts = _texts(vocabulary, left), _texts(vocabulary, right)
    return np.asarray(cpdist(*texts, scorer=OSA.distance, score_cutoff=2, dtype=np.int64))


def _shortened(vocabulary: Vocabulary, left: Ints, right: Ints, maybe: Bools) -> Ints:
    """Return the places where one name begins with the other, from three letters on.

    One letter more is no short form but mostly the other sex (Robert, Roberta; Simon, Simone).
    """
    words = vocabulary.words
    maybe = maybe & (np.abs(vocabulary.length[left] - vocabulary.length[right]) > 1)
    pairs = zip(left[maybe].tolist(), right[maybe].tolist(), strict=True)
    begins = [
        (len(words[x]) > 2 and words[y].startswith(words[x]))
        or (len(words[y]) > 2 and words[x].startswith(words[y]))
        for x, y in pairs
    ]
    return np.asarray(np.flatnonzero(maybe)[np.array(begins, dtype=bool)])


def _other_sex(vocabulary: Vocabulary, left: Ints, right: Ints) -> Bools:
    """Tell which names differ only as Mario and Maria or Robert and Roberta do."""
    words = vocabulary.words
    length_x, length_y = vocabulary.length[left], vocabulary.length[right]
    maybe = np.flatnonzero(np.abs(length_x - length_y) <= 1)
    pairs = zip(left[maybe].tolist(), right[maybe].tolist(), strict=True)
    other = np.zeros(len(left), dtype=bool)
    other[maybe] = [_is_other_sex(words[x], words[y]) for x, y in pairs]
    return other


def _is_other_sex(one: str, other: str) -> bool:
    if len(one) == len(other):
        return one[:-1] == other[:-1] and {one[-1], other[-1]} == {"a", "o"}
    short, long = sorted((one, other), key=len)
    return long[:-1] == short and long[-1] in "ae" and short[-1] not in "aeiou"


def _nicknamed(vocabulary: Vocabulary, left: Ints, right: Ints) -> Ints:
    """Return the places where two names stand in one nickname group."""
    has_roots = np.zeros(len(vocabulary.words), dtype=bool)
    has_roots[list(vocabulary.roots)] = True
    maybe = np.flatnonzero(has_roots[left] & has_roots[right])
    groups = vocabulary.roots
    pairs = zip(left[maybe].tolist(), right[maybe].tolist(), strict=True)
    meets = [not groups[x].isdisjoint(groups[y]) for x, y in pairs]
    return np.asarray(maybe[np.array(meets, dtype=bool)])
