"""Cards per second: the vCard importer against vobject, on the same generated file.

Run ``python benchmarks/vcard.py [CARDS] [PHOTO_BYTES]``. Cards are clean, because vobject gives up
on damaged ones, and come in the three versions in turn. Goal: at least ten times as fast.
"""

from __future__ import annotations

import base64
import io
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import vobject

from notworking.ingest.vcard import extract
from notworking.records import Contact

GOAL = 10
ROUNDS = 3


@dataclass(frozen=True)
class Memory:
    """Generated content."""

    data: bytes

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.data)

    def read(self) -> bytes:
        """Return all of it."""
        return self.data

    def open(self) -> BinaryIO:
        """Open it."""
        return io.BytesIO(self.data)


def quoted(text: str) -> str:
    return "".join(f"={byte:02X}" for byte in text.encode("utf-8"))


def android(number: int, given: str, family: str) -> list[str]:
    charset = "CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE"
    return [
        "VERSION:2.1",
        f"N;{charset}:{quoted(family)};{quoted(given)};;;",
        f"FN;{charset}:{quoted(given)}=20={quoted(family)}".replace("=20==", "=20=\r\n="),
        f"TEL;CELL:+1 202 555 01{number % 100:02}",
        f"TEL;WORK:(202) 555-01{number % 97:02}",
        f"EMAIL;HOME:{number}@example.com",
        "ORG:Northwind",
        "ADR;HOME:;;1 Example Way;Springfield;;62701;USA",
    ]


def apple(number: int, given: str, family: str) -> list[str]:
    return [
        "VERSION:3.0",
        "PRODID:-//Apple Inc.//iOS 17.0//EN",
        f"N:{family};{given};;;",
        f"FN:{given} {family}",
        "ORG:Fabrikam;Sales",
        "TITLE:Engineer",
        f"EMAIL;type=INTERNET;type=HOME;type=pref:{number}@example.org",
        f"TEL;type=CELL;type=VOICE;type=pref:+44 20 7946 0{number % 1000:03}",
        f"item1.TEL:+44 20 7946 0{number % 999:03}",
        "item1.X-ABLabel:_$!<Mobile>!$_",
        "item2.ADR;type=HOME:;;1 Example Road;London;;E1 1AA;United Kingdom",
        "item2.X-ABADR:gb",
        "BDAY:1980-02-03",
        "NOTE:met at the conference\\, talked about sailing",
        "REV:2024-01-02T03:04:05Z",
        f"UID:{number:08x}-0000-4000-8000-000000000000:ABPerson",
    ]


def thunderbird(number: int, given: str, family: str) -> list[str]:
    return [
        "VERSION:4.0",
        f"N:{family};{given};;;",
        f"FN:{given} {family}",
        f"EMAIL;PREF=1:{number}@example.net",
        f'TEL;VALUE=uri;TYPE="work,voice":tel:+1-202-555-01{number % 100:02}',
        "CATEGORIES:Climbing,Work",
        "URL:https://www.linkedin.com/in/example",
        f"UID:urn:uuid:{number:08x}-1111-4111-8111-111111111111",
    ]


def folded(line: str) -> str:
    cuts = [line[:75], *(line[at : at + 74] for at in range(75, len(line), 74))]
    return "\r\n ".join(cuts)


def generate(count: int, photo_bytes: int) -> bytes:
    source = random.Random(7)
    syllables = ["an", "bo", "ce", "di", "él", "fü", "go", "hå", "iv", "jo"]
    lines: list[str] = []
    for number in range(count):
        given, family = ("".join(source.choices(syllables, k=3)).title() for _ in range(2))
        style = (android, apple, thunderbird)[number % 3]
        card = style(number, given, family)
        if photo_bytes:
            picture = base64.b64encode(source.randbytes(photo_bytes)).decode("ascii")
            head = ("PHOTO;ENCODING=BASE64;JPEG:", "PHOTO;ENCODING=b;TYPE=JPEG:")[style != android]
            card.append(folded(head + picture) + ("\r\n" if style == android else ""))
        lines += ["BEGIN:VCARD", *card, "END:VCARD"]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def ours(data: bytes) -> int:
    return sum(isinstance(record, Contact) for record in extract(Memory(data), "contacts.vcf"))


def theirs(data: bytes) -> int:
    return sum(1 for _ in vobject.readComponents(data.decode("utf-8")))


def seconds(read: Callable[[bytes], int], data: bytes, count: int, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        found = read(data)
        times.append(time.perf_counter() - start)
        if found != count:
            raise SystemExit(f"{read.__name__}: {found} cards read, {count} written")
    return sorted(times)[len(times) // 2]


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    photo_bytes = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    data = generate(count, photo_bytes)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own = seconds(ours, data, count, ROUNDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    other = seconds(theirs, data, count, 1)
    print(f"{count} cards, {len(data) / 1e6:.1f} MB, {photo_bytes} bytes of picture each")
    print(
        f"notworking  {own:7.2f} s  {count / own:9.0f} cards/s  +{peak / 1024:.0f} MiB at the peak"
    )
    print(f"vobject     {other:7.2f} s  {count / other:9.0f} cards/s")
    print(f"ratio       {other / own:7.1f}    (goal: {GOAL} or more)")
    return 0 if other / own >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
