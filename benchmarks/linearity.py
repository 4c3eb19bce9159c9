"""How the time of reading grows with the file: every importer on n, 2n and 4n bytes.

Usage: ``python benchmarks/linearity.py [--hard] [--only NAME]``. Each importer reads one of its
own fixtures with the repeating part repeated: the elements of a JSON list, rows, cards, mails, the
body of a page, with other names at every turn. ``--hard`` puts behind the fixture what makes
careless readers slow instead: quotes that never close, brackets, an endless line, heads of records;
without ``--only`` it is done for one importer of each source and form of file.
Printed are processor time and the larger of the two ratios of one doubling; what is linear stays
near 2. The exit status is 1 where a ratio is above the limit.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from notworking.benchmarks import fuzz
from notworking.ingest import importers
from notworking.ingest.importer import HEAD_SIZE, Importer

#: A doubling may take this many times as long: 2, and what the clock is off by. One cell or line of
#: megabytes is copied by the memory's own rules, which cost a little more.
MOST, MOST_HARD = 2.2, 2.6
#: Below so many seconds a clock measures itself: the file is made larger.
SHORTEST = 0.05
#: Larger files are not tried: a reader that takes no time for this one is fast enough.
LARGEST, LARGEST_HARD = 8_000_000, 800_000
SMALLEST = 100_000
ROUNDS = 3
_NAME = re.compile(rb"(?i)example|sample")
_LIST_ENDING = (".json", ".js")
_PAGE = re.compile(rb"(?is)(.*?<body[^>]*>)(.*)(</body>.*)")
_ROOT = re.compile(rb"(?s)(.*?<(?:smses|calls)\b[^>]*>)(.*)(</(?:smses|calls)>.*)")
#: What is written behind a fixture again and again.
HARD = {
    "quotes": b'"',
    "quoted line": b'"a,b\n',
    "cells": b"a,",
    "empty lines": b"\n",
    "blanks": b" ",
    "brackets": b"[",
    "objects": b'{"a":',
    "open tags": b"<div>",
    "half a tag": b"<a b='",
    "entities": b"&#",
    "cards": b"BEGIN:VCARD\n",
    "folded": b"NOTE:x\n y\n",
    "entries": b"BEGIN:VEVENT\n",
    "heads of chats": b"1/2/20, 10:10 - A: \n",
    "mails": b"From x\n\n",
    "escapes": b"=\\",
    "zeros": b"\x00",
    "no text": b"\xff\xfe\xc3",
}


def letters(number: int) -> bytes:
    """Return a number as lower-case letters: names with digits are taken for something else."""
    text = b""
    while number:
        number, rest = divmod(number, 26)
        text += bytes((97 + rest,))
    return text


def varied(piece: bytes, number: int) -> bytes:
    """Return a piece of a fixture that speaks of other people."""
    return _NAME.sub(lambda match: match[0] + letters(number), piece)


def lists(value: object) -> Iterator[list[Any]]:
    """Yield every list inside a value, itself included."""
    if isinstance(value, list):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        yield from lists(part)


def parts(path: str, data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Return what stands before the repeating part, itself, what joins it, and what ends it."""
    if path.endswith(_LIST_ENDING):
        start = data.index(b"=") + 1 if path.endswith(".js") else 0
        value = json.loads(data[start:].decode("utf-8-sig").rstrip().removesuffix(";"))
        longest = max(lists(value), key=lambda one: len(json.dumps(one)), default=[])
        if longest:
            inner = json.dumps(longest)[1:-1].encode()
            longest[:] = ["\x00here"]
            before, after = json.dumps(value).encode().split(json.dumps("\x00here").encode())
            return data[:start] + before, inner, b",", after
    match = _PAGE.fullmatch(data) or _ROOT.fullmatch(data)
    if match is not None:
        return match[1], match[2], b"\n", match[3]
    return b"", data if data.endswith(b"\n") else data + b"\n", b"", b""


def grown(path: str, data: bytes, size: int) -> bytes:
    """Return a fixture made so large."""
    before, inner, join, after = parts(path, data)
    pieces, length = [inner], len(inner)
    for number in count(1):
        if length >= size:
            break
        pieces.append(varied(inner, number))
        length += len(pieces[-1]) + len(join)
    return before + join.join(pieces) + after


def seconds(importer: Importer, path: str, data: bytes) -> float:
    """Return the processor time of reading, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.process_time()
        for _record in importer.extract(fuzz.Content(data), path):
            pass
        best = min(best, time.process_time() - begin)
        gc.collect()
    return best


Measured = tuple[int, list[float], float]


def growth(importer: Importer, path: str, make: Callable[[int], bytes], largest: int) -> Measured:
    """Return the smallest size, the times of it, twice and four times it, and the worse ratio."""
    size = SMALLEST
    while (first := seconds(importer, path, make(size))) < SHORTEST and size < largest:
        size *= 2
    if first < SHORTEST:
        return size, [first], 0.0
    times = [first, *(seconds(importer, path, make(size << step)) for step in (1, 2))]
    return size, times, max(times[1] / times[0], times[2] / times[1])


def measured(
    importer: Importer, path: str, make: Callable[[int], bytes], *, hard: bool
) -> Measured:
    """Measure; a ratio above the limit has to come again, for the machine does other things too."""
    largest, most = (LARGEST_HARD, MOST_HARD) if hard else (LARGEST, MOST)
    found = growth(importer, path, make, largest)
    for _ in range(2):
        if found[2] <= most:
            break
        found = min(found, growth(importer, path, make, largest), key=lambda one: one[2])
    return found


def fixture_of(importer: Importer) -> tuple[str, bytes] | None:
    """Return the largest fixture that an importer reads and that can be repeated."""
    ours = [
        (path, data)
        for path, data in fuzz.fixtures()
        if importer.identify(path, data[:HEAD_SIZE]) and not data.startswith((b"\xff\xfe", b"PK"))
    ]
    for path, data in sorted(ours, key=lambda one: -len(one[1])):
        try:
            large = grown(path, data, SMALLEST)
        except ValueError:
            continue  # A fixture that is damaged on purpose.
        if importer.identify(path, large[:HEAD_SIZE]):
            return path, data
    return None


def cases(importer: Importer, *, hard: bool) -> Iterator[tuple[str, str, Callable[[int], bytes]]]:
    """Yield the inputs of an importer: a word for each, the path, and how to make it so large."""
    found = fixture_of(importer)
    if found is None:
        return
    path, data = found
    if not hard:
        yield "grown", path, lambda size: grown(path, data, size)
        return
    for word, piece in HARD.items():
        yield word, path, lambda size, piece=piece: data + piece * (size // len(piece))  # type: ignore[misc]


def chosen(only: str, *, hard: bool) -> Iterator[Importer]:
    """Yield the importers to measure; of hard input one for each source and form of file."""
    seen: set[tuple[str, str]] = set()
    for importer in importers():
        if not importer.name.startswith(only):
            continue
        found = fixture_of(importer)
        form = importer.source, found[0].rpartition(".")[2].lower() if found else ""
        if hard and not only and form in seen:
            continue
        seen.add(form)
        yield importer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hard", action="store_true")
    parser.add_argument("--only", default="", help="beginning of the importers' names")
    args = parser.parse_args()
    slow = 0
    # Its full rounds come at sizes of their own and would be laid at the door of the reader.
    gc.disable()
    print(f"{'importer':32}{'input':16}{'n KB':>8}{'n s':>8}{'2n s':>8}{'4n s':>8}{'ratio':>8}")
    for importer in chosen(args.only, hard=args.hard):
        for word, path, make in cases(importer, hard=args.hard):
            size, times, ratio = measured(importer, path, make, hard=args.hard)
            slow += ratio > (MOST_HARD if args.hard else MOST)
            told = "".join(f"{taken:8.3f}" for taken in times).ljust(24)
            print(f"{importer.name:32}{word:16}{size // 1000:8}{told}{ratio:8.2f}", flush=True)
    print(f"{slow} above the limit; a ratio of 0 stands for a reader that takes no time")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
