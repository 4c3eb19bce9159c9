"""Measure the resolver on invented contacts with known truth.

Usage: ``python benchmarks/resolve.py [HABITS] [SIZE] [SEED]``, e.g. ``harsh 5000 1``.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations

import polars as pl

from notworking.benchmarks.people_truth import Truth, invent
from notworking.resolve import Resolution, resolve

_SWEPT = (0.95, 0.90, 0.85, 0.80, 0.70, 0.60, 0.50, 0.40, 0.30, 0.20, 0.10)


def pairwise(found: Mapping[int, object], truth: dict[int, int]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pairs of contacts."""

    def pairs(groups: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in groups.values())

    both = pairs(Counter((found[c], truth[c]) for c in truth))
    said, true = pairs(Counter(found.values())), pairs(Counter(truth.values()))
    p, r = both / max(said, 1), both / max(true, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def b_cubed(found: Mapping[int, object], truth: dict[int, int]) -> tuple[float, float, float]:
    """Return precision, recall and F1 averaged over contacts (Bagga & Baldwin 1998)."""
    both = Counter((found[c], truth[c]) for c in truth)
    said, true = Counter(found.values()), Counter(truth.values())
    p = sum(both[found[c], truth[c]] / said[found[c]] for c in truth) / len(truth)
    r = sum(both[found[c], truth[c]] / true[truth[c]] for c in truth) / len(truth)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def calibration(result: Resolution, truth: dict[int, int]) -> list[tuple[str, int, float, float]]:
    """Return per bin of probability: pairs, mean probability, share that is true."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for a, b, score in result.matches.select("contact_a", "contact_b", "score").iter_rows():
        bins[min(int(score * 10), 9) + (score >= 0.95) + (score >= 0.99)].append(
            (score, truth[a] == truth[b])
        )
    names = [f".{i}-.{i + 1}" for i in range(9)] + [".90-.95", ".95-.99", ".99-1."]
    return [
        (
            names[i],
            len(rows),
            sum(s for s, _ in rows) / len(rows),
            sum(t for _, t in rows) / len(rows),
        )
        for i, rows in sorted(bins.items())
    ]


def sweep(result: Resolution, truth: dict[int, int]) -> list[tuple[float, float, float, float]]:
    """Return precision, recall and F1 if the pairs from each probability on were merged alone."""
    sizes = Counter(truth.values())
    total = sum(n * (n - 1) // 2 for n in sizes.values())
    told = [
        (score, truth[a] == truth[b])
        for a, b, score in result.matches.select("contact_a", "contact_b", "score").iter_rows()
    ]
    found = []
    for least in _SWEPT:
        taken = [is_true for score, is_true in told if score >= least]
        p, r = sum(taken) / max(len(taken), 1), sum(taken) / max(total, 1)
        found.append((least, p, r, 2 * p * r / max(p + r, 1e-9)))
    return found


def sharing(case: Truth) -> float:
    """Return the share of true pairs that share an address or number."""
    held: dict[int, set[str]] = defaultdict(set)
    for contact, value in case.points.select("contact_id", "value").iter_rows():
        held[contact].add(value)
    of_person: dict[int, list[int]] = defaultdict(list)
    for contact, person in case.person.items():
        of_person[person].append(contact)
    pairs = [(a, b) for group in of_person.values() for a, b in combinations(group, 2)]
    return sum(not held[a].isdisjoint(held[b]) for a, b in pairs) / len(pairs)


def report(case: Truth, result: Resolution, seconds: float) -> None:
    """Print every figure of one run."""
    found = dict(result.clusters.rows())
    size = len(found)
    print(f"{size} contacts; {sharing(case):.0%} of true pairs share an identifier")
    print("pairs     P {:.4f}  R {:.4f}  F1 {:.4f}".format(*pairwise(found, case.person)))
    print("B-cubed   P {:.4f}  R {:.4f}  F1 {:.4f}".format(*b_cubed(found, case.person)))
    fused = sum(found[a] == found[b] for a, b in case.namesakes)
    print(
        f"namesakes fused: {fused} of {len(case.namesakes)}; largest group: "
        f"{max(Counter(found.values()).values())}"
    )
    for name, count, said, true in calibration(result, case.person):
        print(f"  {name}  {count:7}  said {said:.3f}  true {true:.3f}")
    for least, p, r, f in sweep(result, case.person):
        print(f"  merged from {least:.2f}  P {p:.3f}  R {r:.3f}  F1 {f:.3f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.2f} CPU s, {size / seconds:,.0f} contacts/s, peak {memory:.0f} MB")
    print(result.counts)


def main() -> None:
    """Invent, resolve, report."""
    given = sys.argv[1:]
    habits, size, seed = (*given, *("harsh", "5000", "1")[len(given) :])
    case = invent(habits, int(size), int(seed))
    started = time.process_time()
    result = resolve(case.contacts, case.points, case.decisions)
    report(case, result, time.process_time() - started)
    print(pl.Series([habits, size, seed]).to_list())


if __name__ == "__main__":
    main()
