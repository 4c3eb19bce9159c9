"""How rare a name is among these contacts, and how given and family names go together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from notworking.resolve.names import FULL
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Bools, Floats, Ints
from notworking.resolve.weights import weight
from notworking.resolve.words import family_shares, given_shares

_CLASSES, _ROUNDS, _MOST_NAMES, _LEAST_NAMES, _SEED = 12, 40, 50_000, 300, 20240229
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
        *_classes(given, family[:, 0], size),
    )


def _floor(records: Records, word: Ints, name: str) -> float:
    """Return how often a name is expected among the others that none of them was seen to bear.

    Good and Turing's estimate, 2 N2 / N1: the more names stand twice in a list where nobody
    stands twice, the less does it mean to be the only one seen. Leans on the usual value.
    """
    once = twice = 0
    is_full = (records.names.kind[records.name] == FULL) & records.is_person
    for number in np.flatnonzero(records.list_is_clean).tolist():
        words = word[records.name[is_full & (records.list_of == number)]]
        counts = np.bincount(words)
        once, twice = once + int((counts == 1).sum()), twice + int((counts == 2).sum())
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
    joint = found.class_given[given] * found.class_family[family] / found.class_share
    least, most = weight("rarity", "lift_least"), weight("rarity", "lift_most")
    return np.asarray(np.clip(joint.sum(axis=1), least, most), dtype=np.float64)


def _classes(given: Ints, family: Ints, size: int) -> tuple[Floats, Floats, Floats]:
    """Fit probabilistic latent classes to pairs of given and family name (Hofmann 1999).

    Expectation maximisation from a fixed seed; every sum runs in the order of the names, so that
    the result is the same on every machine with the same numpy.
    """
    codes, counts = np.unique(given * max(size, 1) + family, return_counts=True)
    if len(given) < _LEAST_NAMES:
        return np.empty((0, 0)), np.empty((0, 0)), np.empty(0)
    if len(codes) > _MOST_NAMES:
        kept = np.linspace(0, len(codes) - 1, _MOST_NAMES).astype(np.int64)
        codes, counts = codes[kept], counts[kept]
    g, f = codes // size, codes % size
    g_known, g_place = np.unique(g, return_inverse=True)
    f_known, f_place = np.unique(f, return_inverse=True)
    start = np.random.default_rng(_SEED).random((_CLASSES, len(f_known))) + 0.5
    in_class = start / start.sum(axis=0)
    weights_ = counts.astype(np.float64)
    share = np.full(_CLASSES, 1.0 / _CLASSES)
    of_given = np.empty((_CLASSES, len(g_known)))
    of_family = in_class
    for round_ in range(_ROUNDS):
        joint = of_family[:, f_place] / share[:, None]
        if round_:
            joint *= of_given[:, g_place]
        joint *= weights_ / joint.sum(axis=0)
        of_given = _conditional(joint, g_place, len(g_known), share)
        of_family = _conditional(joint, f_place, len(f_known), share)
        share = joint.sum(axis=1) / joint.sum()
        share = np.maximum(share, 1e-9)
    return _spread(of_given, g_known, share, size), _spread(of_family, f_known, share, size), share


def _conditional(joint: Floats, place: Ints, size: int, share: Floats) -> Floats:
    """Return P(class | name), smoothed by pseudo-counts at the classes' shares."""
    counts = np.stack([np.bincount(place, weights=row, minlength=size) for row in joint])
    smoothed = counts + _SMOOTHING * share[:, None]
    return np.asarray(smoothed / smoothed.sum(axis=0))


def _spread(of_known: Floats, known: Ints, share: Floats, size: int) -> Floats:
    """Return P(class | word) for every word; unseen words have the classes' shares."""
    spread = np.tile(share.astype(np.float32), (size, 1))
    spread[known] = of_known.T
    return np.asarray(spread)
