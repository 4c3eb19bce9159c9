"""How rare a name is among these contacts, and how given and family names go together."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from notworking.resolve.names import FULL
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Bools, Floats, Ints
from notworking.resolve.weights import weight
from notworking.resolve.words import family_shares, given_shares

_CLASSES, _ROUNDS, _MOST_NAMES, _LEAST_NAMES = 12, 40, 20_000, 300
_PLACING_ROUNDS = 2
#: What a word's draw is multiplied by for each class: primes, so that no two go together.
_SPREADS = np.array([101, 211, 307, 401, 503, 601, 701, 809, 907, 1009, 1103, 1201])
_Classes = tuple[Floats, Floats, Floats]
#: So many pairs are looked up at a time, which bounds memory.
_AT_A_TIME = 100_000
_SMOOTHING = 2.0


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Counts per word among full names, and the latent classes names fall into.

    Attributes:
        names: Number of full names.
        given: Count of each word as given name.
        family: Count of each word as family name.
        letter_given: Share of each first letter among given names.
        letter_family: Share of each first letter among family names.
        floor_given: Count left for a given name that only the pair bears.
        floor_family: Likewise for a family name.
        extra_given: Pseudo-count from the common-names table.
        extra_family: Likewise for family names.
        rows: Pseudo-rows behind them.
        is_common_given: Whether many people anywhere have it as given name, per word.
        is_common_family: Likewise as family name.
        class_given: P(class | given name), empty if there are too few names.
        class_family: P(class | family name).
        class_share: P(class).
    """

    names: int
    given: Floats
    family: Floats
    letter_given: Floats
    letter_family: Floats
    floor_given: float
    floor_family: float
    extra_given: Floats
    extra_family: Floats
    rows: float
    is_common_given: Bools
    is_common_family: Bools
    class_given: Floats
    class_family: Floats
    class_share: Floats


def measure(records: Records) -> Frequencies:
    """Count names and fit their latent classes."""
    names = records.names
    full = records.name[(names.kind[records.name] == FULL) & records.is_person]
    size = len(names.vocabulary.words)
    given = names.given[full, 0]
    family = names.family[full]
    count_given = np.bincount(given, minlength=size).astype(np.float64)
    count_family = np.bincount(family[family >= 0], minlength=size).astype(np.float64)
    rows = weight("rarity", "census_rows") if len(full) < weight("rarity", "census_below") else 0.0
    return Frequencies(
        len(full),
        count_given,
        count_family,
        _letters(names.vocabulary.letter, count_given),
        _letters(names.vocabulary.letter, count_family),
        _floor(records, names.given[:, 0], "floor_given"),
        _floor(records, names.family[:, 0], "floor_family"),
        _census(names.vocabulary.words, given_shares(), rows),
        _census(names.vocabulary.words, family_shares(), rows),
        rows,
        _common(names.vocabulary.words, given_shares()),
        _common(names.vocabulary.words, family_shares()),
        *_classes(given, family[:, 0], names.vocabulary.words),
    )


def _floor(records: Records, word: Ints, name: str) -> float:
    """Return how often a name is expected among the others that none of them was seen to bear.

    Good and Turing's estimate, 2 N2 / N1: the more names stand twice in a list where nobody
    stands twice, the less does it mean to be the only one seen. Leans on the usual value.
    """
    is_full = (records.names.kind[records.name] == FULL) & records.is_person
    rows = np.flatnonzero(is_full & records.list_is_clean[records.list_of])
    size = len(records.names.vocabulary.words) + 1
    codes = np.sort(records.list_of[rows] * size + word[records.name[rows]])
    counts = np.diff(np.append(np.flatnonzero(np.diff(codes, prepend=-1)), len(codes)))
    once, twice = int((counts == 1).sum()), int((counts == 2).sum())
    pseudo = weight("rarity", "floor_names")
    seen = (2.0 * twice + weight("rarity", name) * pseudo) / (once + pseudo)
    return min(max(seen, weight("rarity", name) / 2), 1.0)


def _letters(letter: Ints, counts: Floats) -> Floats:
    by_letter = np.bincount(letter, weights=counts, minlength=26)[:26]
    return np.asarray((by_letter + 1.0) / (by_letter.sum() + 26.0))


def _census(words: list[str], known: dict[str, float], rows: float) -> Floats:
    if not rows:
        return np.zeros(len(words))
    return np.array([known.get(word, 0.0) * rows for word in words])


def _common(words: list[str], known: dict[str, float]) -> Bools:
    """Tell which words stand in a table of common names; the last place stands for no word."""
    return np.array([*(word in known for word in words), False], dtype=bool)


def given_share(found: Frequencies, word: Ints, own: Ints) -> Floats:
    """Return how common a given name is, the pair's own rows left out of the count."""
    left = np.maximum(found.given[word] - own, found.floor_given)
    return np.asarray((left + found.extra_given[word]) / (max(found.names, 1) + found.rows))


def family_share(found: Frequencies, word: Ints, own: Ints) -> Floats:
    """Return how common a family name is, the pair's own rows left out of the count."""
    left = np.maximum(found.family[word] - own, found.floor_family)
    return np.asarray((left + found.extra_family[word]) / (max(found.names, 1) + found.rows))


def lift(found: Frequencies, given: Ints, family: Ints) -> Floats:
    """Return how much oftener two names meet than if they were independent (one culture)."""
    if not len(found.class_share):
        return np.full(len(given), weight("rarity", "lift_small_book"))
    joint = np.empty(len(given))
    for start in range(0, len(given), _AT_A_TIME):
        part = slice(start, start + _AT_A_TIME)
        of_both = found.class_given[given[part]] * found.class_family[family[part]]
        joint[part] = (of_both / found.class_share).sum(axis=1)
    return np.clip(joint, weight("rarity", "lift_least"), weight("rarity", "lift_most"))


def _classes(given: Ints, family: Ints, words: list[str]) -> _Classes:
    """Fit probabilistic latent classes to pairs of given and family name (Hofmann 1999).

    Expectation maximisation over the names with the commonest words where there are many: among
    names taken at random most family names stand alone, and classes fitted to them say nothing of
    the others. Two rounds more over all of them place the rest. Where it starts follows from the
    words; every sum runs in the order of the names, so that the result is the same on every
    machine with the same numpy.
    """
    if len(given) < _LEAST_NAMES:
        return np.empty((0, 0)), np.empty((0, 0)), np.empty(0)
    size = len(words)
    codes, counts = np.unique(given * size + family, return_counts=True)
    g, f, weights = codes // size, codes % size, counts.astype(np.float64)
    draws = np.array([crc32(word.encode()) for word in words]) / 2.0**32
    common = np.minimum(np.bincount(given, minlength=size)[g], np.bincount(family)[f])
    kept = np.sort(np.argsort(-common, kind="stable")[:_MOST_NAMES])
    g_known, g_place = np.unique(g[kept], return_inverse=True)
    f_known, f_place = np.unique(f[kept], return_inverse=True)
    start = draws[f_known] * _SPREADS[:, None] % 1 + 0.5
    share = np.full(_CLASSES, 1.0 / _CLASSES)
    fit: _Classes = (_even(share, len(g_known)), start / start.sum(axis=0), share)
    g_cells, f_cells = _cells(g_place), _cells(f_place)
    for _ in range(_ROUNDS):
        fit = _round(fit, g_place, f_place, weights[kept], (g_cells, f_cells))
    of_given, of_family = _even(fit[2], size), _even(fit[2], size)
    of_given[:, g_known], of_family[:, f_known] = fit[0], fit[1]
    share, cells = fit[2], (_cells(g), _cells(f))
    for _ in range(_PLACING_ROUNDS):
        of_given, of_family, share = _round((of_given, of_family, share), g, f, weights, cells)
    return of_given.T.astype(np.float32), of_family.T.astype(np.float32), share


def _cells(place: Ints) -> Ints:
    """Return the number of each name's cells in a table with a row per word, class by class."""
    return np.asarray((place[:, None] * _CLASSES + np.arange(_CLASSES)).ravel())


def _even(share: Floats, size: int) -> Floats:
    """Return the classes of names of which nothing is known: the classes' shares."""
    return np.repeat(share[:, None], size, axis=1)


def _round(
    fit: _Classes, given: Ints, family: Ints, weights: Floats, cells: tuple[Ints, Ints]
) -> _Classes:
    """Place each pair of names in the classes, and count the classes anew."""
    of_given, of_family, share = fit
    # A row per pair of names: what is looked up and added up lies together.
    joint = np.ascontiguousarray(of_family.T)[family]
    joint *= np.ascontiguousarray((of_given / share[:, None]).T)[given]
    joint *= (weights / joint.sum(axis=1))[:, None]
    found = joint.sum(axis=0)
    return (
        _conditional(joint, cells[0], of_given.shape[1], share),
        _conditional(joint, cells[1], of_family.shape[1], share),
        np.maximum(found / found.sum(), 1e-9),
    )


def _conditional(joint: Floats, cells: Ints, size: int, share: Floats) -> Floats:
    """Return P(class | name), smoothed by pseudo-counts at the classes' shares."""
    counts = np.bincount(cells, weights=joint.ravel(), minlength=size * _CLASSES)
    by_class = np.ascontiguousarray(counts.reshape(size, _CLASSES).T)
    smoothed = by_class + _SMOOTHING * share[:, None]
    return np.asarray(smoothed / smoothed.sum(axis=0))
