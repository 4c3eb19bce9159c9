"""Rivals: in a clean list at most one row is the person. Turns odds into probabilities."""

from __future__ import annotations

import numpy as np

from notworking.resolve.pairs import Pairs
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Floats, Ints

_MOST_BITS = 40.0


def probabilities(pairs: Pairs, bits: Floats, alone: Floats, again: Floats) -> tuple[Floats, Ints]:
    """Return each pair's probability and how many rivals it has in the lists.

    Args:
        pairs: The compared pairs.
        bits: Log-odds of each pair by itself.
        alone: Chance that of two people neither stands in the other's list.
        again: Bits by which two entries alike in one list would be surer to be one person than
            the pair, per list of the right contact and of the left one.
    """
    odds = np.exp2(np.clip(bits, -_MOST_BITS, _MOST_BITS))
    list_left, list_right = (pairs.records.list_of[side] for side in (pairs.left, pairs.right))
    total, rivals = odds.copy(), np.zeros(len(odds), dtype=np.int64)
    for record, other, more in (
        (pairs.left, list_right, again[0]),
        (pairs.right, list_left, again[1]),
    ):
        rows = np.flatnonzero(list_left != list_right)
        key = record[rows] * len(pairs.records.list_size) + other[rows]
        fresh = _fresh(pairs.records, other[rows], bits[rows] + more[rows])
        against, found = _rivals(key, odds[rows], fresh)
        total[rows] += against
        rivals[rows] += found
    probability = odds / (alone + total)
    return np.minimum(probability, 1.0 - 2.0**-_MOST_BITS), rivals


def _fresh(records: Records, other: Ints, twice: Floats) -> Floats:
    """Return the chance that two entries alike in a list are two people.

    In an open list they may be one (``twice``, in bits); so much less are they rivals.
    """
    fresh = 1.0 / (1.0 + np.exp2(np.clip(twice, -_MOST_BITS, _MOST_BITS)))
    return np.where(records.list_is_clean[other], 1.0, fresh)


def _rivals(key: Ints, odds: Floats, fresh: Floats) -> tuple[Floats, Ints]:
    """Sum the odds of one contact's other pairs with one list, and count those that matter."""
    _, number = np.unique(key, return_inverse=True)
    against = odds * fresh
    matters = ((odds > 2.0**-7) & (fresh > 0.5)).astype(np.float64)
    if not len(key):
        return against, np.zeros(0, dtype=np.int64)
    sums = np.bincount(number, weights=against)[number] - against
    counts = np.bincount(number, weights=matters)[number] - matters
    return np.maximum(sums, 0.0), counts.astype(np.int64)
