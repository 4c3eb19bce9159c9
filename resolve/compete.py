"""Rivals: in a clean list at most one row is the person. Turns odds into probabilities."""

from __future__ import annotations

import numpy as np

from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Bools, Floats, Ints

_MOST_BITS = 40.0


def probabilities(
    records: Records, left: Ints, right: Ints, bits: Floats, alone: Floats
) -> tuple[Floats, Ints]:
    """Return each pair's probability and how many rivals it has in the clean lists.

    Args:
        records: All contacts.
        left: One contact of each pair.
        right: The other.
        bits: Log-odds of each pair by itself.
        alone: Chance that of two people neither stands in the other's list.
    """
    odds = np.exp2(np.clip(bits, -_MOST_BITS, _MOST_BITS))
    list_left, list_right = records.list_of[left], records.list_of[right]
    between = list_left != list_right
    sums_left, rivals_left = _sums(records, left, list_right, odds, between)
    sums_right, rivals_right = _sums(records, right, list_left, odds, between)
    probability = odds / (alone + sums_left + sums_right - odds)
    return np.minimum(probability, 1.0 - 2.0**-_MOST_BITS), rivals_left + rivals_right


def _sums(
    records: Records, record: Ints, other: Ints, odds: Floats, between: Bools
) -> tuple[Floats, Ints]:
    """Sum the odds of one contact over a clean list; elsewhere the pair has no rivals."""
    counts = between & records.list_is_clean[other]
    rows = np.flatnonzero(counts)
    key = record[rows] * len(records.list_size) + other[rows]
    _, number = np.unique(key, return_inverse=True)
    sums, rivals = odds.copy(), np.zeros(len(odds), dtype=np.int64)
    sums[rows] = np.bincount(number, weights=odds[rows])[number] if len(rows) else 0.0
    matters = (odds[rows] > 2.0**-7).astype(np.float64)
    if len(rows):
        found = np.bincount(number, weights=matters)[number] - matters
        rivals[rows] = found.astype(np.int64)
    return np.maximum(sums, odds), rivals
