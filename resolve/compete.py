"""Rivals: in a clean list at most one row is the person. Turns odds into probabilities."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Floats, Ints

Counts = NDArray[np.int32]

_MOST_BITS = 40.0
#: So many pairs, about, are added up at a time, which bounds memory.
_AT_A_TIME = 1_000_000


def probabilities(
    records: Records, left: Ints, right: Ints, bits: Floats, share: Callable[[Ints, Ints], Floats]
) -> tuple[Floats, Counts]:
    """Return each pair's probability and how many rivals it has in the clean lists.

    Args:
        records: All contacts.
        left: One contact of each pair.
        right: The other.
        bits: Log-odds of each pair by itself.
        share: Returns the share of the smaller of two contacts' lists expected in the bigger; 0
            inside a list or between owners.
    """
    odds = np.exp2(np.clip(bits, -_MOST_BITS, _MOST_BITS))
    rivals = np.zeros(len(odds), dtype=np.int32)
    sums_left = _sums(records, left, right, odds, rivals)
    sums_right = _sums(records, right, left, odds, rivals)
    for start in range(0, len(odds), _AT_A_TIME):
        part = slice(start, start + _AT_A_TIME)
        free = 1.0 - share(left[part], right[part])
        odds[part] /= free + sums_left[part] + sums_right[part] - odds[part]
    return np.minimum(odds, 1.0 - 2.0**-_MOST_BITS, out=odds), rivals


def _sums(records: Records, record: Ints, other: Ints, odds: Floats, rivals: Counts) -> Floats:
    """Sum the odds of one contact over a clean list; elsewhere the pair has no rivals.

    Adds the number of rivals to ``rivals``.
    """
    sums = odds.copy()
    pieces = len(odds) // _AT_A_TIME + 1
    edges = [len(records.ids) * piece // pieces for piece in range(pieces + 1)]
    for first, last in pairwise(edges):
        rows = np.flatnonzero((record >= first) & (record < last))
        own, in_list = records.list_of[record[rows]], records.list_of[other[rows]]
        counts = (own != in_list) & records.list_is_clean[in_list]
        rows, in_list = rows[counts], in_list[counts]
        if not len(rows):
            continue
        _, number = np.unique(record[rows] * len(records.list_size) + in_list, return_inverse=True)
        sums[rows] = np.bincount(number, weights=odds[rows])[number]
        matters = (odds[rows] > 2.0**-7).astype(np.float64)
        rivals[rows] += (np.bincount(number, weights=matters)[number] - matters).astype(np.int32)
    return np.maximum(sums, odds, out=sums)
