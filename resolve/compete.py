"""Rivals: at most one row of a list is the person. Turns odds into probabilities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from notworking.resolve.pairs import Pairs
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Floats, Ints

Counts = NDArray[np.int32]

_MOST_BITS = 40.0
#: So many pairs, about, are added up at a time, which bounds memory.
_AT_A_TIME = 1_000_000


def probabilities(
    pairs: Pairs,
    bits: Floats,
    alone: Callable[[Ints, Ints], Floats],
    again: Callable[[Ints, Ints], Floats],
) -> tuple[Floats, Counts]:
    """Return each pair's probability and how many rivals it has in the lists.

    Args:
        pairs: The compared pairs.
        bits: Log-odds of each pair by itself.
        alone: Returns the chance that of two people neither stands in the other's list.
        again: Returns the bits by which two entries alike in the list of the second contact would
            be surer to be one person than the pair.
    """
    records, left, right = pairs.records, pairs.left, pairs.right
    odds = np.exp2(np.clip(bits, -_MOST_BITS, _MOST_BITS))
    total, rivals = odds.copy(), np.zeros(len(odds), dtype=np.int32)
    for record, other in ((left, right), (right, left)):
        for rows in _between_lists(records, record, other):
            one, in_list = record[rows], records.list_of[other[rows]]
            fresh = _fresh(records, in_list, bits[rows] + again(one, other[rows]))
            against, found = _rivals(one * len(records.list_size) + in_list, odds[rows], fresh)
            total[rows] += against
            rivals[rows] += found
    for start in range(0, len(odds), _AT_A_TIME):
        part = slice(start, start + _AT_A_TIME)
        odds[part] /= alone(left[part], right[part]) + total[part]
    return np.minimum(odds, 1.0 - 2.0**-_MOST_BITS, out=odds), rivals


def _between_lists(records: Records, record: Ints, other: Ints) -> Iterator[Ints]:
    """Yield the pairs of two lists, all of some contacts at a time."""
    pieces = len(record) // _AT_A_TIME + 1
    edges = [len(records.ids) * piece // pieces for piece in range(pieces + 1)]
    for first, last in pairwise(edges):
        rows = np.flatnonzero((record >= first) & (record < last))
        rows = rows[records.list_of[record[rows]] != records.list_of[other[rows]]]
        if len(rows):
            yield rows


def _fresh(records: Records, other: Ints, twice: Floats) -> Floats:
    """Return the chance that two entries alike in a list are two people.

    In an open list they may be one (``twice``, in bits); so much less are they rivals.
    """
    fresh = 1.0 / (1.0 + np.exp2(np.clip(twice, -_MOST_BITS, _MOST_BITS)))
    return np.where(records.list_is_clean[other], 1.0, fresh)


def _rivals(key: Ints, odds: Floats, fresh: Floats) -> tuple[Floats, Counts]:
    """Sum the odds of one contact's other pairs with one list, and count those that matter."""
    _, number = np.unique(key, return_inverse=True)
    against = odds * fresh
    matters = ((odds > 2.0**-7) & (fresh > 0.5)).astype(np.float64)
    sums = np.bincount(number, weights=against)[number] - against
    counts = np.bincount(number, weights=matters)[number] - matters
    return np.maximum(sums, 0.0), counts.astype(np.int32)
