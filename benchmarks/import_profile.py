"""Say where the processor time of an import goes, statement by statement.

Usage: ``python benchmarks/import_profile.py [--scale N | --ten-million] [--most N]``. Imports the
invented export of ``import_speed.py`` and then one more conversation, in this process, and prints
for both the whole, the engine's part, and the statements that took most, by their first words. Time
of all threads counts.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

from notworking import pipeline
from notworking.benchmarks import import_speed
from notworking.benchmarks.speed_table import TEN_MILLION
from notworking.progress import Silent
from notworking.store import database


class Timed:
    """A connection that notes what every statement takes."""

    def __init__(self, con: duckdb.DuckDBPyConnection, spent: Counter[str]) -> None:
        """Wrap a connection; frames that the caller holds stay visible to its statements."""
        con.execute("set python_scan_all_frames = true")
        self._con, self._spent = con, spent

    def __getattr__(self, name: str) -> Any:
        """Be the connection in everything else."""
        return getattr(self._con, name)

    def execute(self, text: str, *values: Any) -> duckdb.DuckDBPyConnection:
        """Run the statements of a text one by one."""
        parts = [text] if values else [one.query for one in duckdb.extract_statements(text)]
        result = self._con
        for part in parts:
            before = time.process_time()
            result = self._con.execute(part, *values)
            self._spent[_title(part)] += time.process_time() - before  # type: ignore[assignment]
        return result


def _title(text: str) -> str:
    return " ".join(re.sub(r"--[^\n]*", "", text).split())[:72]


def profile(given: Path, target: Path, most: int) -> None:
    spent: Counter[str] = Counter()
    connect = database.connect

    def timed(path: Path, *, read_only: bool = False) -> Any:
        return Timed(connect(path, read_only=read_only), spent)

    database.connect = timed
    before = time.process_time()
    try:
        pipeline.import_paths([given], target, pipeline.Options(), Silent())
    finally:
        database.connect = connect
    whole = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{given.name}: {whole:.1f} processor seconds, {sum(spent.values()):.1f} in the engine,"
        f" at most {peak:,.0f} MiB"
    )
    for title, seconds in spent.most_common(most):
        print(f"{seconds:8.2f}  {title}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--ten-million", action="store_true")
    parser.add_argument("--most", type=int, default=20)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = TEN_MILLION if args.ten_million else import_speed.sizes(args.scale)
        import_speed.write_all(folder, size)
        for given in ("in", "more"):
            profile(folder / given, folder / "n.duckdb", args.most)


if __name__ == "__main__":
    main()
