"""Measure the resolver's time and memory on a large pool of address books.

Usage: ``python benchmarks/resolve_large.py [SIZE] [OWNERS] [SEED] [HABITS]``, e.g.
``2000000 80 1 harsh``. People are known to one, two or three owners. The contacts are invented in
one process and resolved in another, whose processor time and peak memory are those of the
resolver; the peak holds its input and its result as well, and nothing of the inventing.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from notworking.benchmarks.people_truth import DECISION_SCHEMA, invent_pool
from notworking.benchmarks.resolve import b_cubed, pairwise
from notworking.resolve import resolve


def measured(folder: Path) -> None:
    """Read contacts, write groups: this script, started again as a process of its own."""
    decisions = pl.DataFrame(schema=DECISION_SCHEMA)
    started = time.process_time()
    result = resolve(_read(folder, "contacts"), _read(folder, "points"), decisions)
    seconds = time.process_time() - started
    peak = peak_megabytes()
    size = result.clusters.height
    result.clusters.write_ipc(folder / "clusters.arrow")
    print(
        f"{seconds:.1f} CPU s, {size / seconds:,.0f} contacts/s, peak {peak:,.0f} MB; "
        f"{result.counts['pairs']:,} pairs, {result.matches.height:,} told in "
        f"{result.matches.estimated_size('mb'):,.0f} MB"
    )


def _read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_ipc(folder / f"{name}.arrow")


def peak_megabytes() -> float:
    """Return the peak of this process alone: what getrusage tells begins with its parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = status.read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


_INPUT = ("contacts", "points")


def main() -> None:
    """Invent, resolve, report."""
    if sys.argv[1:2] == ["--measured"]:
        measured(Path(sys.argv[2]))
        return
    given = sys.argv[1:]
    size, owners, seed, habits = (*given, *("500000", "20", "1", "harsh")[len(given) :])
    case = invent_pool(habits, int(size), int(owners), int(seed))
    print(
        f"{case.contacts.height:,} contacts of {owners} owners ({habits}, seed {seed})", flush=True
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in _INPUT:
            getattr(case, name).write_ipc(Path(folder) / f"{name}.arrow")
        command = [sys.executable, str(Path(__file__).resolve()), "--measured", folder]
        subprocess.run(command, check=True)
        found = dict(pl.read_ipc(Path(folder) / "clusters.arrow").iter_rows())
    print("pairs     P {:.4f}  R {:.4f}  F1 {:.4f}".format(*pairwise(found, case.person)))
    print("B-cubed   P {:.4f}  R {:.4f}  F1 {:.4f}".format(*b_cubed(found, case.person)))


if __name__ == "__main__":
    main()
