"""How long finding hints takes in processor time, as a ratio to a bare scan of the same messages.

    python benchmarks/hints.py --rows 1000000

Also what the first message costs, in time and memory: reading the word lists.
Messages are put together from phrases of the labelled test set and from filler, with a fixed seed.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from notworking.hints import find

LABELLED = Path(__file__).resolve().parents[1] / "tests" / "hints" / "labelled"
FLOOR = "import duckdb, numpy, polars"
FIRST = """
from notworking.hints import find
find(polars.DataFrame({"event_id": [1], "text": ["could you help me?"]}))
"""
FILLER = """
    see you at eight then, the train was late again. morgen früh wird es regnen, sagt der Bericht;
    on se voit samedi chez Paul, il apporte le dessert. el partido empieza a las nueve en la plaza;
    o comboio parte da estação central. la riunione è spostata in sala grande, de trein rijdt niet
"""


def messages(rows: int) -> pl.DataFrame:
    """Return so many messages of 2 to 30 words, one in six with a labelled sentence in it."""
    chance = random.Random(7)
    said = [
        line.split("\t")[1]
        for path in sorted(LABELLED.glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    filler = FILLER.split()
    texts = []
    for number in range(rows):
        words = chance.choices(filler, k=chance.randint(2, 30))
        if number % 6 == 0:
            words.insert(chance.randrange(len(words)), chance.choice(said).replace("\\n", "\n"))
        texts.append(" ".join(words))
    return pl.DataFrame({"event_id": range(rows), "text": texts})


def cost(code: str) -> tuple[float, float]:
    """Return processor seconds and peak MiB of an interpreter that runs so much code."""
    process = subprocess.Popen([sys.executable, "-c", code])
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"ended with {process.returncode}: {code}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def timed(work: Callable[[], pl.DataFrame]) -> tuple[float, pl.DataFrame]:
    start = time.process_time()
    answer = work()
    return time.process_time() - start, answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="messages (default 1,000,000)")
    args = parser.parse_args()
    floor = min(cost(FLOOR) for _ in range(3))
    start = min(cost(FLOOR + FIRST) for _ in range(3))
    frame = messages(args.rows)
    find(frame.head(1))
    scan = min(
        timed(lambda: frame.select(pl.col("text").str.to_lowercase().str.contains("zebra")))[0]
        for _ in range(3)
    )
    taken, found = min((timed(lambda: find(frame)) for _ in range(3)), key=lambda run: run[0])
    size = int(frame["text"].str.len_bytes().sum()) / 1e6
    print(f"messages      {frame.height:>12,} ({size:,.0f} MB), {found.height:,} hints found")
    print(f"bare scan     {scan:>12.2f} s (lower case, one word looked for)")
    print(f"hints         {taken:>12.2f} s")
    print(f"ratio         {taken / scan:>12.1f}")
    print(
        f"first message {start[0] / floor[0]:>12.2f} of the floor's processor time (imports only)"
    )
    print(f"              {start[1] - floor[1]:>12.0f} MiB above the floor")


if __name__ == "__main__":
    main()
