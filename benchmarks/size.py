"""Measure how large the database of a LinkedIn export of messages is.

Usage: ``python benchmarks/size.py [MESSAGES]`` (200,000). The messages are invented and the same
at every run: 3,000 correspondents, 1 to 120 words from a vocabulary of 20,000 that are used as
unevenly as words are (the n-th 1/n as often as the first). Prints the bytes of the file, of the
database with everything derived, and of one made with ``--no-text``, and their ratios.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from notworking.benchmarks.import_speed import SYLLABLES
from notworking.benchmarks.linkedin_messages import COLUMNS, OWNER

CORRESPONDENTS = 3000


def vocabulary(dice: random.Random) -> list[str]:
    words = {"".join(dice.choices(SYLLABLES, k=dice.choice((1, 2, 2, 3)))) for _ in range(60_000)}
    return sorted(words)[:20_000]


def generate(path: Path, count: int) -> None:
    dice = random.Random(8)
    words = vocabulary(dice)
    dice.shuffle(words)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    start = datetime(2026, 10, 30, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number in range(count):
            who = int(CORRESPONDENTS * dice.random() ** 2)
            other = (f"Examplo Person{who}", f"https://www.linkedin.com/in/examplo-person-{who}")
            (name, url), (to, to_url) = (OWNER, other) if dice.random() < 0.5 else (other, OWNER)
            length = dice.choice((1, 6, 15, 40, 120))
            text = " ".join(dice.choices(words, cum_weights=weights, k=length))
            at = start - timedelta(seconds=int(3e8 * number / count))
            thread = f"2-MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDA{who:08d}XzAxMA=="
            when = at.strftime("%Y-%m-%d %H:%M:%S UTC")
            row = [thread, "", name, url, to, to_url, when, "", text, "INBOX", "", "No", "No"]
            writer.writerow(row)


def imported(folder: Path, name: str, *options: str) -> int:
    """Import the messages into a new database; return its bytes."""
    command = Path(sys.executable).with_name("notworking")
    subprocess.run(
        [command, "--db", name, "import", *options, "messages.csv"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return (folder / name).stat().st_size


def sizes(count: int) -> tuple[int, int, int]:
    """Return the bytes of the file, of its database, and of the one without texts."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        generate(folder / "messages.csv", count)
        read = (folder / "messages.csv").stat().st_size
        whole = imported(folder, "whole.duckdb")
        bare = imported(folder, "bare.duckdb", "--no-text")
    return read, whole, bare


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    read, whole, bare = sizes(count)
    print(f"{count:,} messages, {read / 2**20:.1f} MiB, {read // count} bytes each")
    print(
        f"database            {whole / 2**20:8.1f} MiB  {whole / read:.2f} of the file (goal 0.40)"
    )
    print(f"without texts       {bare / 2**20:8.1f} MiB  {bare / whole:.2f} of the database")


if __name__ == "__main__":
    main()
