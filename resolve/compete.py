"""Rivals: in a clean list at most one row is the person. Turns odds into probabilities."""

from __future__ import annotations

import numpy as np

from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Bools, Floats, Ints

_MOST_BITS = 40.0


def probabilities(
    records: Records, left: Ints, right: Ints, bits: Floats, alone: Floats, again: Floats
) -> tuple[Floats, Ints]:
    """Return each pair's probability and how many rivals it has in the lists.

    Args:
        records: All contacts.
        left: One contact of each pair.
        right: The other.
        bits: Log-odds of each pair by itself.
        alone: Chance that of two people neither stands in the other's list.
        again: Bits by which two entries alike in one list would be surer to be one person than
            the pair, per list of the right contact and of the left one.
    """
    odds = np.exp2(np.clip(bits, -_MOST_BITS, _MOST_BITS))
    list_left, list_right = records.list_of[left], records.list_of[right]
    between = list_left != list_right
    sums_left, rivals_left = _sums(records, left, list_right, odds, between, bits + again[0])
    sums_right, rivals_right = _sums(records, right, list_left, odds, between, bits + again[1])
    probability = odds / (alone + sums_left + sums_right - odds)
    return np.minimum(probability, 1.0 - 2.0**-_MOST_BITS), rivals_left + rivals_right


def _sums(
    records: Records, record: Ints, other: Ints, odds: Floats, between: Bools, twice: Floats
) -> tuple[Floats, Ints]:
    """Sum the odds of one contact over a list; inside one list a pair has no rivals.

    In an open list two entries like the pair's may be one person (``twice``, in bits), and so
    much less are they rivals.
    """
    fresh = 1.0 / (1.0 + np.exp2(np.clip(twice, -_MOST_BITS, _MOST_BITS)))
    fresh[records.list_is_clean[other]] = 1.0
    rows = np.flatnonzero(between)
    if not len(rows):
        return odds.copy(), np.zeros(len(odds), dtype=np.int64)
    key = record[rows] * len(records.list_size) + other[rows]
    _, number = np.unique(key, return_inverse=True)
    against = odds[rows] * fresh[rows]
    sums = odds.copy()
    sums[rows] += np.maximum(np.bincount(number, weights=against)[number] - against, 0.0)
    matters = ((odds[rows] > 2.0**-7) & (fresh[rows] > 0.5)).astype(np.float64)
    rivals = np.zeros(len(odds), dtype=np.int64)
    rivals[rows] = (np.bincount(number, weights=matters)[number] - matters).astype(np.int64)
    return sums, rivals
