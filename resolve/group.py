"""Which contacts are one person: components over accepted pairs, contracted where they disagree."""

from __future__ import annotations

import numpy as np

from notworking.resolve.cluster import Pair, components, contract
from notworking.resolve.compare import compare_names
from notworking.resolve.decide import Verdicts
from notworking.resolve.fields import contradiction
from notworking.resolve.pairs import Pairs
from notworking.resolve.prepare import Records
from notworking.resolve.tokens import Bools, Floats, Ints
from notworking.resolve.weights import weight

#: In a larger component the pairs that share no key are not looked up.
_LARGEST_COMPLETED = 200


def group(pairs: Pairs, signs: Floats, verdicts: Verdicts) -> Ints:
    """Return for each contact the place of the first contact of its group.

    Args:
        pairs: The candidate pairs.
        signs: How far above (positive) or below its threshold each lies, in bits.
        verdicts: The user's decisions; they outrank every score.
    """
    records = pairs.records
    same, apart = _places(records, verdicts.same), _places(records, verdicts.different)
    positive = signs > 0
    label = components(
        len(records.ids),
        np.concatenate([pairs.left[positive], same[:, 0]]),
        np.concatenate([pairs.right[positive], same[:, 1]]),
    )
    groups = label.copy()
    problems = _problems(label, apart)
    weights = _weights(pairs, signs, label, problems)
    for a, b in same.tolist():
        weights.get(int(label[a]), {})[a, b] = np.inf
    bans: dict[int, list[Pair]] = {root: [] for root in problems}
    for a, b in apart.tolist():
        if label[a] == label[b]:
            bans[int(label[a])].append((a, b))
    for root, members in problems.items():
        if not bans[root] and min(weights[root].values()) >= 0:
            continue
        for member, first in contract(members, weights[root], frozenset(bans[root])).items():
            groups[member] = first
    return groups


def _places(records: Records, pairs: tuple[tuple[int, int], ...]) -> Ints:
    return np.searchsorted(records.ids, np.array(pairs, dtype=np.int64).reshape(-1, 2))


def _problems(label: Ints, apart: Ints) -> dict[int, list[int]]:
    """Return the components that need more than being joined: three and more, or forbidden."""
    needs = np.bincount(label, minlength=len(label)) > 2
    needs[label[apart[label[apart[:, 0]] == label[apart[:, 1]], 0]]] = True
    members: dict[int, list[int]] = {}
    for place in np.flatnonzero(needs[label]).tolist():
        members.setdefault(int(label[place]), []).append(place)
    return members


def _weights(
    pairs: Pairs, signs: Floats, label: Ints, problems: dict[int, list[int]]
) -> dict[int, dict[Pair, float]]:
    """Return the signed weight of the pairs inside each component."""
    weights: dict[int, dict[Pair, float]] = {root: {} for root in problems}
    asked = np.zeros(len(label), dtype=bool)
    asked[list(problems)] = True
    inside = np.flatnonzero((label[pairs.left] == label[pairs.right]) & asked[label[pairs.left]])
    left, right = pairs.left[inside], pairs.right[inside]
    _fill(weights, label, left, right, _softened(pairs.records, left, right, signs[inside]))
    unseen = [
        (a, b)
        for root, places in problems.items()
        if len(places) <= _LARGEST_COMPLETED
        for place, a in enumerate(places)
        for b in places[place + 1 :]
        if (a, b) not in weights[root]
    ]
    left, right = np.array(unseen, dtype=np.int64).reshape(-1, 2).T
    _fill(weights, label, left, right, _against(pairs.records, left, right))
    return weights


def _fill(
    weights: dict[int, dict[Pair, float]], label: Ints, left: Ints, right: Ints, values: Floats
) -> None:
    for a, b, value in zip(left.tolist(), right.tolist(), values.tolist(), strict=True):
        weights[int(label[a])][a, b] = value


def _softened(records: Records, left: Ints, right: Ints, signs: Floats) -> Floats:
    """Keep a pair that has too little for it, but nothing against it, from splitting a group."""
    least = np.minimum(_against(records, left, right), weight("limit", "weak_pair"))
    weak: Bools = signs < 0
    return np.where(weak, np.maximum(signs, least), signs)


def _against(records: Records, left: Ints, right: Ints) -> Floats:
    like = compare_names(records.names, records.name[left], records.name[right])
    return contradiction(records, left, right, like)
