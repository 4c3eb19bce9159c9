"""Fail when the tool became much slower or hungrier than it was, whatever the machine.

Usage: ``python benchmarks/guard.py``. Runs ``import_speed`` at a small and at twice that size, once
each, and compares with references of the same run; no time is held against a clock. The bands are
about twice what is usual, so that a busy machine passes and a lost order of magnitude does not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from notworking.benchmarks.import_speed import Result, run, sizes


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure and the most that it may be."""

    what: str
    found: float
    most: float


def ratios(small: Result, large: Result) -> Iterator[Ratio]:
    """Yield what is guarded, of one size and of twice that size."""
    steps, floor = small.steps, small.steps["floor"]
    bands = {
        "first import": 60.0,
        "the same again": 8.0,
        "one more conversation": 20.0,
        "show": 4.0,
        "person": 6.0,
        "--help": 1.5,
    }
    for step, most in bands.items():
        yield Ratio(f"{step}: processor time / floor", steps[step].cpu / floor.cpu, most)
    hunger = steps["first import"].memory / floor.memory
    yield Ratio("first import: peak memory / floor", hunger, 13.0)
    yield Ratio("database / bytes read", small.database / small.read, 4.0)
    growth = large.steps["first import"].cpu / steps["first import"].cpu
    yield Ratio("first import of twice as much: processor time", growth, 2.8)
    written = large.database / small.database
    yield Ratio("first import of twice as much: database", written, 2.4)


def main() -> int:
    """Print every ratio; return 1 if one is outside its band."""
    found = list(ratios(run(sizes(1), 1), run(sizes(2), 1)))
    for one in found:
        mark = "" if one.found <= one.most else "   TOO MUCH"
        print(f"{one.what:52}{one.found:8.2f} (at most {one.most:.1f}){mark}")
    return int(any(one.found > one.most for one in found))


if __name__ == "__main__":
    sys.exit(main())
