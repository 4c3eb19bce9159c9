"""Time the reading of Messenger conversations against ``json.loads`` of the same bytes.

``python benchmarks/facebook_messages.py [MESSAGES]`` (200,000 by default) makes a seeded set of
conversations in memory, reads it both ways, several times in turn, and prints the processor times
and their ratio. It fails when the ratio passes ``LIMIT``, and says nothing about writing to the
database.
"""

from __future__ import annotations

import gc
import io
import json
import random
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from notworking.ingest.facebook.messages import IMPORTER
from notworking.records import Events

#: What it should be, and what it must not pass.
GOAL, LIMIT = 2.5, 3.5
ROUNDS = 3
PART = 10_000
WORDS = re.findall(
    r"\S+",
    "hallo see you tomorrow at the café größer naïve ok yes maybe never mind the train is late "
    "again 👍 😂 thanks for the photos danke schön bis später we should meet soon how are the kids",
)


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the generated export."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self) -> bytes:
        return self.data

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


def broken(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")


def message(rng: random.Random, members: list[str], at: int) -> dict[str, object]:
    record: dict[str, object] = {"sender_name": rng.choice(members), "timestamp_ms": at}
    draw = rng.random()
    if draw < 0.04:
        record["photos"] = [{"uri": f"messages/inbox/x/photos/{at}.jpg", "creation_timestamp": 1}]
    elif draw < 0.06:
        record |= {"content": "Bo called you.", "call_duration": rng.randrange(900)}
    else:
        length = min(80, max(1, int(rng.lognormvariate(1.9, 0.8))))
        record["content"] = broken(" ".join(rng.choices(WORDS, k=length)))
    if rng.random() < 0.12:
        record["reactions"] = [{"reaction": broken("👍"), "actor": rng.choice(members)}]
    return record | {"is_geoblocked_for_viewer": False}


def conversation(rng: random.Random, number: int, count: int) -> tuple[str, bytes]:
    members = [broken(f"Zoë Sample {number}"), "Ada Example"]
    folder = f"inbox/zosample{number}_{10**15 + number}"
    start = 1_600_000_000_000 + rng.randrange(10**9)
    thread = {
        "participants": [{"name": name} for name in members],
        "messages": [message(rng, members, start - at * 60_000) for at in range(count)],
        "title": members[0],
        "is_still_participant": True,
        "thread_path": folder,
        "magic_words": [],
    }
    return f"messages/{folder}/message_1.json", json.dumps(thread, indent=2).encode()


def export(total: int) -> list[tuple[str, bytes]]:
    rng = random.Random(7)
    files: list[tuple[str, bytes]] = []
    while total > 0:
        count = min(total, PART, int(rng.paretovariate(0.9) * 110))
        files.append(conversation(rng, len(files), count))
        total -= count
    return files


def read_all(files: list[tuple[str, bytes]]) -> int:
    return sum(
        record.frame.height
        for path, data in files
        for record in IMPORTER.extract(_File(data), path)
        if isinstance(record, Events)
    )


def parse_all(files: list[tuple[str, bytes]]) -> int:
    return sum(len(json.loads(data)["messages"]) for _, data in files)


def timed(
    read: Callable[[list[tuple[str, bytes]]], int], files: list[tuple[str, bytes]]
) -> tuple[float, int]:
    gc.collect()
    start = time.process_time()
    rows = read(files)
    return time.process_time() - start, rows


def main() -> int:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    files = export(total)
    size = sum(len(data) for _, data in files) / 1e6
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(timed(parse_all, files)[0])
        seconds, rows = timed(read_all, files)
        ours.append(seconds)
    ratio = min(ours) / min(theirs)
    print(f"{total:,} messages in {len(files):,} files, {size:.0f} MB, {rows:,} events")
    print(f"json.loads {min(theirs):.2f} s, importer {min(ours):.2f} s cpu:")
    print(f"ratio {ratio:.2f} (goal {GOAL})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
