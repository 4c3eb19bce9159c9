"""Measure everything that should stay fast and write it into docs/performance.md.

Usage: ``python benchmarks/speed_table.py [--scales 1 10 100] [--runs N] [--ten-million]``. Replaces
what stands between the markers of the page; figures are medians, and ratios are to a reference
measured in the same run. Scale 100 takes minutes and some gigabytes of disk.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import duckdb

from notworking.benchmarks import facebook_messages, import_speed, linkedin_messages, vcard
from notworking.benchmarks import size as file_size
from notworking.benchmarks.import_speed import Result, Sizes

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
TEN_MILLION = Sizes(connections=30_000, messages=10_000_000, friends=6_000, cards=10_000)
_STARTER = """
import os, subprocess, sys
spent = []
for _ in range(21):
    child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    spent.append(used.ru_utime + used.ru_stime)
print(sorted(spent)[10])
"""
#: Large imports are not repeated as often: they vary less.
_ONCE_FROM = 50


def machine() -> str:
    return (
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}, "
        f"{os.cpu_count()} processors, {platform.machine()}."
    )


def readers(runs: int) -> Iterator[str]:
    """Yield the rows on how each bulk source is read, beside another reader of the same bytes."""
    yield "| what is read | beside | cost / reference | goal |"
    yield "|---|---|---|---|"
    for ours, beside, ratio, goal in linkedin_messages.ratios(
        linkedin_messages.measured(200_000, runs)
    ):
        yield f"| LinkedIn messages, {ours} | {beside}, processor | {ratio:.2f} | {goal} |"
    files = facebook_messages.export(100_000)
    parsing = _best(runs, lambda: facebook_messages.timed(facebook_messages.parse_all, files)[0])
    reading = _best(runs, lambda: facebook_messages.timed(facebook_messages.read_all, files)[0])
    yield f"| Facebook conversations | `json.loads`, processor | {reading / parsing:.2f} | 2.5 |"
    for picture, label in ((8_000, "with pictures"), (0, "without pictures")):
        cards = vcard.generate(3_000, picture)
        own = vcard.seconds(vcard.ours, cards, 3_000, runs)
        other = vcard.seconds(vcard.vobject_as_it_comes, cards, 3_000, 1)
        yield f"| vCards {label} | vobject, processor | {own / other:.2f} | 0.10 |"
    read, whole, _ = file_size.sizes(200_000)
    share = f"{whole / read:.2f}"
    yield f"| database of LinkedIn messages, all derived | bytes of the file | {share} | 0.40 |"


def steps(size: Sizes, result: Result) -> Iterator[str]:
    """Yield the rows of one size."""
    yield (
        f"**{size.messages:,} messages, {size.connections:,} connections, {size.friends:,} friends,"
        f" {size.cards:,} cards: {result.read / 1e6:,.0f} MB to read,"
        f" {result.database / 1e6:,.0f} MB of database**"
    )
    yield ""
    yield "| step | wall s | processor s | peak MiB | processor / floor | processor / reader |"
    yield "|---|---|---|---|---|---|"
    floor, reader = result.steps["floor"].cpu, result.steps["reader"].cpu
    for step, cost in result.steps.items():
        yield (
            f"| {step} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.memory:,.0f}"
            f" | {cost.cpu / floor:.1f} | {cost.cpu / reader:.1f} |"
        )


def starts(result: Result) -> Iterator[str]:
    """Yield what small commands cost beside the start of what they cannot do without."""
    ours = str(Path(sys.executable).with_name("notworking"))
    helping, passing = _start([ours, "--help"]), _start([sys.executable, "-c", "pass"])
    showing = result.steps["show"].cpu / result.steps["import duckdb"].cpu
    for step, times, beside, goal in (
        ("--help", helping / passing, "python -c pass", "6, better 4"),
        ("show", showing, "import duckdb", "2, better 1.5"),
    ):
        yield f"- *{step}* takes {times:.1f} times the processor time of `{beside}` (goal {goal})."


def _start(command: list[str]) -> float:
    """Return the median processor seconds of 21 runs, started by a small process.

    What a large process starts is charged for being copied from it first.
    """
    told = subprocess.run(
        [sys.executable, "-c", _STARTER, *command], capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def growth(found: list[tuple[Sizes, Result]]) -> Iterator[str]:
    """Yield what a doubling of everything costs, from one size to the next."""
    for (small, before), (large, after) in pairwise(found):
        doublings = math.log2(large.messages / small.messages)
        for step in ("first import", "the same again", "one more conversation"):
            times = (after.steps[step].cpu / before.steps[step].cpu) ** (1 / doublings)
            yield (
                f"- From {small.messages:,} to {large.messages:,} messages, a doubling makes"
                f" *{step}* take {times:.2f} times the processor time (goal 2.2)."
            )


def measured(scales: list[float], runs: int, *, ten_million: bool) -> str:
    """Return the text between the markers."""
    found = []
    for scale in sorted(scales):
        size = import_speed.sizes(scale)
        found.append((size, import_speed.run(size, runs if scale < _ONCE_FROM else 1)))
    lines = [machine(), "", *readers(runs)]
    for size, result in found:
        lines += ["", *steps(size, result)]
    lines += ["", *starts(found[0][1]), *growth(found)]
    if ten_million:
        lines += ["", *steps(TEN_MILLION, import_speed.run(TEN_MILLION, 1))]
    return "\n".join(lines)


def replaced(page: str, text: str) -> str:
    """Return the page with this text between its markers."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE}: the markers {BEGIN} and {END} are missing; put them back")
    return f"{before}{begin}\n{text}\n{end}{after}"


def _best(runs: int, work: Callable[[], float]) -> float:
    return min(work() for _ in range(runs))


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", type=float, nargs="+", default=[1, 10, 100])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ten-million", action="store_true")
    args = parser.parse_args()
    text = measured(args.scales, args.runs, ten_million=args.ten_million)
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
