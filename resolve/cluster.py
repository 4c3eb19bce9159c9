"""From scored pairs to groups: greedy additive edge contraction (Keuper et al. 2015).

Works on places 0 ... n-1 and signed weights only; knows no contact and no name.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

import numpy as np

from notworking.resolve.tokens import Floats, Ints

Pair = tuple[int, int]


def components(size: int, left: Ints, right: Ints) -> Ints:
    """Return for each place the smallest place it is connected to."""
    parent = list(range(size))
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        low, high = sorted((_root(parent, one), _root(parent, other)))
        parent[high] = low
    label = np.array(parent, dtype=np.int64)
    while True:
        above = label[label]
        if np.array_equal(above, label):
            return label
        label = above


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place


def contract(
    members: Iterable[int], weights: Mapping[Pair, float], apart: frozenset[Pair]
) -> dict[int, int]:
    """Group the members of one component; return for each the smallest member of its group.

    The heaviest edge is contracted first and parallel edges are added up, until no positive one
    is left. Ties go to the smaller places, so that the order of the input does not matter.

    Args:
        members: The places of the component.
        weights: Signed weight per pair (smaller place first); infinity joins whatever else.
        apart: Pairs that must not end in one group.
    """
    near: dict[int, dict[int, float]] = {member: {} for member in members}
    for (a, b), value in sorted(weights.items()):
        near[a][b] = near[b][a] = value
    for a, b in apart:
        near[a][b] = near[b][a] = -np.inf
    heap = [(-v, a, b) for a, others in near.items() for b, v in others.items() if a < b and v > 0]
    heapq.heapify(heap)
    group = {member: member for member in near}
    inside = {member: [member] for member in near}
    while heap:
        value, a, b = heapq.heappop(heap)
        if b not in near.get(a, ()) or near[a][b] != -value:
            continue
        for member in inside.pop(b):
            group[member] = a
            inside[a].append(member)
        _merge(near, heap, a, b)
    return group


def _merge(
    near: dict[int, dict[int, float]], heap: list[tuple[float, int, int]], a: int, b: int
) -> None:
    """Move the edges of ``b`` to ``a`` and queue those that stay positive."""
    moved = near.pop(b)
    near[a].pop(b)
    for other, value in moved.items():
        if other == a:
            continue
        total = _add(near[a].get(other, 0.0), value)
        near[other].pop(b)
        near[a][other] = near[other][a] = total
        if total > 0:
            low, high = min(a, other), max(a, other)
            heapq.heappush(heap, (-total, low, high))


def _add(one: float, two: float) -> float:
    """Add two weights; a ban outweighs everything, an order everything but a ban."""
    if one == -np.inf or two == -np.inf:
        return -np.inf
    return one + two


def signed(probability: Floats, threshold: Floats) -> Floats:
    """Return how far above (positive) or below a threshold a probability lies, in bits."""
    p = np.clip(probability, 2.0**-40, 1 - 2.0**-40)
    return np.asarray(np.log2(p / (1 - p)) - np.log2(threshold / (1 - threshold)))
