from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.resolve.cluster import components, contract, signed

Weights = dict[tuple[int, int], float]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Weights, frozenset[tuple[int, int]]]:
    size = draw(st.integers(2, 9))
    pairs = [(a, b) for a in range(size) for b in range(a + 1, size)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=len(pairs)))
    # Eighths add up exactly, so that both implementations see the same ties.
    values = draw(st.lists(st.integers(-40, 40), min_size=len(chosen), max_size=len(chosen)))
    weights = {pair: value / 8 for pair, value in zip(chosen, values, strict=True)}
    apart = draw(st.frozensets(st.sampled_from(pairs), max_size=2))
    return size, weights, apart


def naive(size: int, weights: Weights, apart: frozenset[tuple[int, int]]) -> list[set[int]]:
    """Contract by looking at every two groups again after every step."""
    groups = [{member} for member in range(size)]

    def between(one: set[int], other: set[int]) -> float:
        if any((a in one and b in other) or (a in other and b in one) for a, b in apart):
            return -math.inf
        return sum(
            value
            for (a, b), value in weights.items()
            if (a in one and b in other) or (a in other and b in one)
        )

    while True:
        candidates = [
            (-between(one, other), min(one), min(other), one, other)
            for i, one in enumerate(groups)
            for other in groups[i + 1 :]
        ]
        best = min(candidates, key=lambda c: (c[0], *sorted(c[1:3])), default=None)
        if best is None or best[0] >= 0:
            return groups
        groups.remove(best[3])
        groups.remove(best[4])
        groups.append(best[3] | best[4])


def as_sets(found: dict[int, int]) -> list[set[int]]:
    return sorted(
        ({m for m, g in found.items() if g == group} for group in set(found.values())), key=min
    )


@settings(max_examples=400, deadline=None)
@given(graphs())
def test_contraction_equals_a_naive_second_implementation(
    graph: tuple[int, Weights, frozenset[tuple[int, int]]],
) -> None:
    size, weights, apart = graph
    found = contract(range(size), weights, apart)
    assert as_sets(found) == sorted(naive(size, weights, apart), key=min)
    assert all(group == min(m for m in found if found[m] == group) for group in found.values())


@settings(max_examples=100, deadline=None)
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_edges_and_members_does_not_matter(
    graph: tuple[int, Weights, frozenset[tuple[int, int]]], dice: object
) -> None:
    size, weights, apart = graph
    items, members = list(weights.items()), list(range(size))
    dice.shuffle(items)  # type: ignore[attr-defined]
    dice.shuffle(members)  # type: ignore[attr-defined]
    assert contract(members, dict(items), apart) == contract(range(size), weights, apart)


def test_an_order_joins_against_any_evidence_and_a_ban_parts_against_any() -> None:
    assert contract([0, 1], {(0, 1): math.inf}, frozenset()) == {0: 0, 1: 0}
    weights = {(0, 1): 50.0, (1, 2): 50.0, (0, 2): 50.0}
    found = contract([0, 1, 2], weights, frozenset({(0, 2)}))
    assert found[0] != found[2]


def test_a_strong_edge_against_splits_a_chain() -> None:
    found = contract([0, 1, 2], {(0, 1): 5.0, (1, 2): 3.0, (0, 2): -8.0}, frozenset())
    assert found == {0: 0, 1: 0, 2: 2}


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40))
def test_components_are_labelled_by_their_smallest_member(
    size: int, edges: list[tuple[int, int]]
) -> None:
    edges = [(a % size, b % size) for a, b in edges]
    pairs = np.array(edges, dtype=np.int64).reshape(-1, 2)
    label = components(size, pairs[:, 0], pairs[:, 1]).tolist()
    reach = {place: {place} for place in range(size)}
    for _ in range(size):
        for a, b in edges:
            union = reach[a] | reach[b]
            for member in union:
                reach[member] = union
    assert label == [min(reach[place]) for place in range(size)]


def test_a_probability_at_its_threshold_weighs_nothing() -> None:
    found = signed(np.array([0.9, 0.99, 0.5, 1.0]), np.array([0.9, 0.9, 0.9, 0.9]))
    assert found[0] == 0.0
    assert found[1] > 0 > found[2]
    assert np.isfinite(found[3])
