"""Mutated fixtures through every importer: nothing may raise, hang, grow, or lose rows in silence.

``python benchmarks/fuzz.py 200000`` reads so many mutated inputs and prints counts, the slowest
input and the peak of memory. Importers come up equally often, whatever the number of their
fixtures. ``--seed N`` starts elsewhere, ``--seconds S`` stops after a while, ``--only NAME`` takes
importers whose name begins so. An input that fails is written to ``--keep FOLDER``. The exit status
is 1 if any did.

Half of the inputs are damaged heavily. The other half in one place of a few bytes: such a file may
come to say something else about the rows the place touches, but rows far from it must still be
there, or else a reject or a notice says that something is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from notworking.delimited import rows
from notworking.ingest import ignored, importers
from notworking.ingest.importer import HEAD_SIZE, Importer
from notworking.records import Contact, Event, Events, Notice, Record, Reject, Stage, Table

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
NOT_IMPORTED = {"network", "example"}
#: Bytes that formats give a meaning to: random ones seldom hit a quote or a brace.
MARKS = b"\"'{}[],:;=\\\n\r\t \x00\xff\xfe\xc3\xa9<>"
#: Seconds after which an input counts as hanging.
LIMIT = 10
#: Rows that damage in one place may touch: the two it lies between.
TOUCHED = 2


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


@dataclass(frozen=True, slots=True)
class Said:
    """What a file told: the places of its rows, and what it complained of."""

    rows: frozenset[str]
    complaints: frozenset[str]

    def lost_in_silence(self, after: Said) -> int:
        """Return how many rows more than a damage can touch are gone without a word."""
        gone = len(self.rows) - len(after.rows) - TOUCHED
        return gone if gone > 0 and after.complaints <= self.complaints else 0


@dataclass(frozen=True, slots=True)
class Sample:
    """A fixture file, who reads it, and what it says where it is sound."""

    path: str
    data: bytes
    said: Said | None


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


def samples(only: str = "") -> dict[str, list[Sample]]:
    """Return the fixtures by the importer that reads them; those of nobody under ``ignored``."""
    found: dict[str, list[Sample]] = {}
    for path, data in fixtures():
        owner = next((one for one in importers() if one.identify(path, data[:HEAD_SIZE])), None)
        name = "ignored" if owner is None else owner.name
        if name.startswith(only):
            said = None if owner is None else _sound(owner, path, data)
            found.setdefault(name, []).append(Sample(path, data, said))
    return found


def _sound(owner: Importer, path: str, data: bytes) -> Said | None:
    """Return what a sound file says; None for one that is damaged as it stands."""
    records = list(_records(owner, path, data))
    damaged = any(isinstance(record, Reject) for record in records)
    # With a quote too many, where a row ends is a guess already.
    return None if damaged or data.count(b'"') % 2 else said(records)


def said(records: list[Record]) -> Said:
    """Return the places of rows, and the complaints, among some records."""
    rows: set[str] = set()
    complaints: set[str] = set()
    for record in records:
        match record:
            case Events():
                rows.update(place.partition(".reactions")[0] for place in record.frame["place"])
            case Contact() | Event() | Stage():
                rows.add(f"{type(record).__name__} {record.place}")
            case Reject():
                complaints.add(f"{record.place}: {record.reason}")
            case Notice():
                complaints.add(record.message)
    return Said(frozenset(rows), frozenset(complaints))


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


def scratched(chance: random.Random, original: bytes) -> bytes:
    """Damage a file in one place, a few bytes wide."""
    start = chance.randrange(len(original) + 1)
    length = chance.randrange(4)
    piece = chance.choice((bytes(chance.choices(MARKS, k=length)), chance.randbytes(length)))
    return original[:start] + piece + original[start + chance.choice((0, 1, 3, 8)) :]


def read(path: str, data: bytes, tally: Tally) -> dict[str, Said]:
    """Identify and extract, as an import does; return what each importer that took it says."""
    head = data[:HEAD_SIZE]
    for kind in ignored():
        kind.identify(path, head)
    found = {}
    for importer in importers():
        if not importer.identify(path, head):
            continue
        tally.inputs[importer.name] += 1
        records = list(_records(importer, path, data))
        for record in records:
            tally.records += record.frame.height if isinstance(record, Events) else 1
            tally.rejects += isinstance(record, Reject)
        found[importer.name] = said(records)
    return found


def _records(importer: Importer, path: str, data: bytes) -> Iterator[Record]:
    """Yield an importer's records, and for a table the rows as if the engine had refused them."""
    for record in importer.extract(Content(data), path):
        yield record
        if isinstance(record, Table) and importer.mend is not None:
            text = io.StringIO(data.decode("utf-8", "replace"), newline="\n")
            for _ in range(record.skip):
                text.readline()
            for row in rows(text, record.delimiter, len(record.columns), record.skip + 1):
                yield importer.mend(record.columns, row.cells, f"line {row.line}")


def give_up(_signal: int, _frame: FrameType | None) -> None:
    raise HungError(f"still reading after {LIMIT} s")


@dataclass(frozen=True, slots=True)
class Try:
    """One damaged input.

    Attributes:
        name: The importer whose fixture it was made of.
        slight: Whether only one small place of it is damaged.
    """

    name: str
    sample: Sample
    slight: bool
    data: bytes


def tries(inputs: int, seed: int, only: str = "") -> Iterator[Try]:
    """Yield so many damaged inputs, the same ones for the same seed and fixtures."""
    files = samples(only)
    names, others = sorted(files), [one.data for group in files.values() for one in group]
    chance = random.Random(seed)
    for _ in range(inputs):
        name = chance.choice(names)
        sample = chance.choice(files[name])
        slight = chance.random() < 0.5
        if slight:
            data = scratched(chance, sample.data)
        else:
            data = mutated(chance, sample.data, chance.choice(others))
        yield Try(name, sample, slight, data)


def examine(given: Try, tally: Tally) -> str | None:
    """Read an input; return what is wrong with how it was read, None if nothing."""
    signal.alarm(LIMIT)
    try:
        after = read(given.sample.path, given.data, tally).get(given.name)
    except Exception:
        return traceback.format_exc(limit=-3)
    finally:
        signal.alarm(0)
    if not given.slight or given.sample.said is None or after is None:
        return None
    lost = given.sample.said.lost_in_silence(after)
    return f"{lost} rows lost in silence" if lost else None


def run(
    inputs: int, seed: int, seconds: float = 86_400, keep: Path | None = None, only: str = ""
) -> Tally:
    """Read so many mutated inputs, or as many as the seconds allow."""
    tally = Tally()
    before = signal.signal(signal.SIGALRM, give_up)
    end = time.monotonic() + seconds
    for number, given in enumerate(tries(inputs, seed, only)):
        path = given.sample.path
        tally.inputs["all"] += 1
        begin = time.perf_counter()
        fault = examine(given, tally)
        taken = time.perf_counter() - begin
        tally.slowest = max(tally.slowest, (taken, path, len(given.data)))
        if fault is not None:
            tally.faults.append(f"{given.name}, {path}, input {number}: {fault}")
            if keep is not None:
                digest = hashlib.sha256(given.data).hexdigest()[:12]
                (keep / f"{digest}-{path.replace('/', '_')}").write_bytes(given.data)
        if time.monotonic() > end:
            break
    signal.signal(signal.SIGALRM, before)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=86_400)
    parser.add_argument("--only", default="", help="beginning of the importers' names")
    parser.add_argument("--keep", type=Path, help="folder for inputs that fail")
    args = parser.parse_args()
    if args.keep is not None:
        args.keep.mkdir(exist_ok=True)
    begin = time.process_time()
    tally = run(args.inputs, args.seed, args.seconds, args.keep, args.only)
    taken = time.process_time() - begin
    print(f"{tally.inputs['all']:,} inputs, {taken:,.0f} s of processor time, seed {args.seed}")
    print(f"{tally.records:,} records, {tally.rejects:,} of them rejects")
    slow, path, size = tally.slowest
    print(f"slowest: {slow:.3f} s, {path} ({size:,} bytes)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory: {peak:,.0f} MiB")
    for name, number in sorted(tally.inputs.items()):
        print(f"  {name:32} {number:>9,}")
    print(f"{len(tally.faults):,} raised, hung or lost rows")
    for fault in tally.faults[:20]:
        print(fault)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
