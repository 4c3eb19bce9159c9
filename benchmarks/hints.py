"""How long finding hints takes, as a ratio to a bare scan of the same messages.

    python benchmarks/hints.py --rows 1000000

Messages are put together from phrases of the labelled test set and from filler, with a fixed seed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from notworking.hints import find

LABELLED = Path(__file__).resolve().parents[1] / "tests" / "hints" / "labelled"
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


def timed(work: Callable[[], pl.DataFrame]) -> tuple[float, pl.DataFrame]:
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="messages (default 1,000,000)")
    args = parser.parse_args()
    frame = messages(args.rows)
    find(frame.head(1))
    scan = min(
        timed(lambda: frame.select(pl.col("text").str.to_lowercase().str.contains("zebra")))[0]
        for _ in range(3)
    )
    taken, found = timed(lambda: find(frame))
    size = int(frame["text"].str.len_bytes().sum()) / 1e6
    print(f"messages      {frame.height:>12,} ({size:,.0f} MB)")
    print(f"bare scan     {scan:>12.2f} s (lower case, one word looked for)")
    print(f"hints         {taken:>12.2f} s, {found.height:,} found")
    print(f"ratio         {taken / scan:>12.1f}")


if __name__ == "__main__":
    main()
