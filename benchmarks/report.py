"""Measure the page: how large it gets, and how long it takes, with many people and rich talk.

    python benchmarks/report.py [--people N] [--ties N ...] [--messages N] [--parts]

Invents a LinkedIn export of that many connections, with so many messages for each tie, and cards of
an address book, the same at every run; imports it, and writes the page. Prints bytes, processor
seconds (user and system) alone and over the interpreter that only imports duckdb and polars, and
what another tie adds. The goals are 5,000,000 bytes and 5 seconds for 30,000 people.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import duckdb

from notworking.benchmarks.import_speed import (
    FLOOR,
    Cost,
    measure,
    rows_of_connections,
    rows_of_messages,
    write_cards,
    write_csv,
)

#: The share of connections whom ``rows_of_messages`` lets write.
_WRITERS = 0.15
_CARDS = 10_000
_PARTS = re.compile(r'id="data">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Size:
    """What is generated: connections, of these how many write, and messages for each of them."""

    people: int
    ties: int
    messages: int


@dataclass(frozen=True, slots=True)
class Result:
    """One page: what the database holds, what the page took, and the bytes of its parts."""

    people: int
    ties: int
    interactions: int
    cost: Cost
    size: int
    parts: dict[str, int]


def write_export(folder: Path, size: Size) -> None:
    """Write the exports of one size into a folder."""
    target = folder / "Complete_LinkedInDataExport_11-01-2026.zip"
    writers = round(size.ties / _WRITERS)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        write_csv(archive, "Connections.csv", rows_of_connections(size.people))
        write_csv(archive, "messages.csv", rows_of_messages(size.ties * size.messages, writers))
    write_cards(folder, _CARDS)


def page_of(folder: Path, size: Size) -> Result:
    """Generate, import and write one page."""
    given = folder / "in"
    given.mkdir()
    write_export(given, size)
    ours = [str(Path(sys.executable).with_name("notworking")), "--db", "n.duckdb"]
    measure([*ours, "import", "in"], folder)
    cost = measure([*ours, "report", "-o", "report.html"], folder)
    text = (folder / "report.html").read_text(encoding="utf-8")
    with duckdb.connect(str(folder / "n.duckdb"), read_only=True) as con:
        ((people, ties),) = con.execute(
            "select count(*), count(*) filter (class <> 'card') from ties"
        ).fetchall()
        ((interactions,),) = con.execute("select count(*) from interactions").fetchall()
    return Result(people, ties, interactions, cost, len(text.encode()), parts_of(text))


def parts_of(text: str) -> dict[str, int]:
    """Return the bytes of each part of a page, the largest first."""
    found = _PARTS.search(text)
    held = json.loads(found[1]) if found else {}
    sizes = {
        name: len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
        for name, value in held.items()
    }
    sizes["markup and pictures"] = len(text.encode()) - sum(sizes.values())
    return dict(sorted(sizes.items(), key=lambda item: (-item[1], item[0])))


def told(found: Sequence[Result], floor: Cost, *, parts: bool) -> Iterator[str]:
    """Yield the lines to print."""
    yield f"{'people':>8}{'ties':>8}{'interactions':>14}{'bytes':>12}{'cpu s':>8}{'/ floor':>9}"
    for one in found:
        ratio = one.cost.cpu / floor.cpu
        yield (
            f"{one.people:8,}{one.ties:8,}{one.interactions:14,}{one.size:12,}"
            f"{one.cost.cpu:8.2f}{ratio:9.1f}"
        )
    for small, large in pairwise(found):
        more = (large.size - small.size) / max(large.ties - small.ties, 1)
        yield f"From {small.ties:,} to {large.ties:,} ties: {more:,.0f} bytes for each tie more."
    for one in found if parts else ():
        yield f"\n{one.ties:,} ties:"
        yield from (f"{name:>24}{size:12,}" for name, size in one.parts.items())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=30_000)
    parser.add_argument("--ties", type=int, nargs="+", default=[2_700, 10_000])
    parser.add_argument("--messages", type=int, default=100, help="for each tie (100)")
    parser.add_argument("--parts", action="store_true", help="the bytes of every part as well")
    args = parser.parse_args()
    found = []
    for ties in sorted(args.ties):
        with tempfile.TemporaryDirectory() as folder:
            found.append(page_of(Path(folder), Size(args.people, ties, args.messages)))
    with tempfile.TemporaryDirectory() as folder:
        floor = measure([sys.executable, "-c", FLOOR], Path(folder))
    print("\n".join(told(found, floor, parts=args.parts)))


if __name__ == "__main__":
    main()
