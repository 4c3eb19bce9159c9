"""Mutated fixtures through every importer: nothing may raise, hang or grow.

``python benchmarks/fuzz.py 200000`` reads so many mutated inputs and prints counts, the slowest
input and the peak of memory. ``--seed N`` starts elsewhere; ``--seconds S`` stops after a while. An
input that raises or takes longer than the limit is written to ``--keep FOLDER``.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import resource
import signal
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from notworking.ingest import ignored, importers
from notworking.ingest.importer import HEAD_SIZE
from notworking.records import Events, Record, Reject

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
NOT_IMPORTED = {"network", "example"}
MARKS = b"\"'{}[],:;=\\\n\r\t \x00\xff\xfe\xc3\xa9<>"
#: Seconds after which an input counts as hanging.
LIMIT = 20


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes in memory."""

    data: bytes

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.data)

    def read(self) -> bytes:
        """Return the whole content."""
        return self.data

    def open(self) -> BinaryIO:
        """Open the content for reading from its start."""
        return io.BytesIO(self.data)


@dataclass
class Tally:
    """What the run met."""

    inputs: Counter[str] = field(default_factory=Counter)
    records: int = 0
    rejects: int = 0
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, str, int] = (0.0, "", 0)


class HungError(Exception):
    """An input took too long."""


def fixtures() -> list[tuple[str, bytes]]:
    """Return path inside the export and content of every fixture file."""
    return [
        ("/".join(path.relative_to(FIXTURES).parts[2:]), path.read_bytes())
        for path in sorted(FIXTURES.glob("*/*/**/*"))
        if path.is_file()
        and path.name != "expected.jsonl"
        and path.relative_to(FIXTURES).parts[0] not in NOT_IMPORTED
    ]


def mutated(chance: random.Random, original: bytes, other: bytes) -> bytes:
    """Damage a file in one to four places: cut, repeat, overwrite, graft a piece of another."""
    data = original
    for _ in range(chance.choice((1, 1, 2, 4))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 1, 8, 40, len(data))))
        piece = data[start:end]
        match chance.randrange(5):
            case 0:
                piece = bytes(chance.choices(MARKS, k=chance.randrange(12)))
            case 1:
                piece = chance.randbytes(chance.randrange(40))
            case 2:
                piece = piece[:4096] * chance.randrange(1, 9)
            case 3:
                at = chance.randrange(len(other) + 1)
                piece = other[at : at + chance.randrange(200)]
            case _:
                piece = b""
        data = data[:start] + piece + data[end:]
    return data


def read(path: str, data: bytes, tally: Tally) -> None:
    """Identify and extract, as an import does."""
    head = data[:HEAD_SIZE]
    for kind in ignored():
        kind.identify(path, head)
    for importer in importers():
        if not importer.identify(path, head):
            continue
        tally.inputs[importer.name] += 1
        for record in importer.extract(Content(data), path):
            count(record, tally)


def count(record: Record, tally: Tally) -> None:
    tally.records += record.frame.height if isinstance(record, Events) else 1
    tally.rejects += isinstance(record, Reject)


def give_up(_signal: int, _frame: FrameType | None) -> None:
    raise HungError(f"still reading after {LIMIT} s")


def run(inputs: int, seed: int, seconds: float, keep: Path | None) -> Tally:
    """Read so many mutated inputs, or as many as the seconds allow."""
    files, tally = fixtures(), Tally()
    chance = random.Random(seed)
    signal.signal(signal.SIGALRM, give_up)
    end = time.monotonic() + seconds
    for number in range(inputs):
        path, original = chance.choice(files)
        data = mutated(chance, original, chance.choice(files)[1])
        tally.inputs["all"] += 1
        signal.alarm(LIMIT)
        begin = time.perf_counter()
        try:
            read(path, data, tally)
        except Exception:
            tally.faults.append(f"{path}, input {number}:\n{traceback.format_exc(limit=-3)}")
            if keep is not None:
                name = f"{hashlib.sha256(data).hexdigest()[:12]}-{path.replace('/', '_')}"
                (keep / name).write_bytes(data)
        signal.alarm(0)
        taken = time.perf_counter() - begin
        tally.slowest = max(tally.slowest, (taken, path, len(data)))
        if time.monotonic() > end:
            break
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=86_400)
    parser.add_argument("--keep", type=Path, help="folder for inputs that raise or hang")
    args = parser.parse_args()
    if args.keep is not None:
        args.keep.mkdir(exist_ok=True)
    begin = time.monotonic()
    tally = run(args.inputs, args.seed, args.seconds, args.keep)
    taken = time.monotonic() - begin
    print(f"{tally.inputs['all']:,} inputs in {taken:,.0f} s, seed {args.seed}")
    print(f"{tally.records:,} records, {tally.rejects:,} of them rejects")
    slow, path, size = tally.slowest
    print(f"slowest: {slow:.3f} s, {path} ({size:,} bytes)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: {peak:,.0f} MiB")
    for name, number in sorted(tally.inputs.items()):
        print(f"  {name:32} {number:>9,}")
    print(f"{len(tally.faults):,} raised or hung")
    for fault in tally.faults[:20]:
        print(fault)


if __name__ == "__main__":
    main()
