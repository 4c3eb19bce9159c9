"""Cards per second of processor time: the vCard importer against vobject, on the same file.

Run ``python benchmarks/vcard.py [CARDS] [PICTURE_BYTES]``. Cards are invented, clean and without
soft line breaks, because vobject as it comes gives up on others, and take the three versions in
turn. With ``allowQP`` vobject reads more and is faster on pictures; both ways are shown. The
importer's time includes contacts, points and the JSON of every card; vobject's ends with its
components. Cards share no number and no street, and hardly ever a name, which caches would answer.
Goal: ten times as fast as vobject as it comes, with pictures and without.
"""

from __future__ import annotations

import base64
import io
import random
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
BRITISH_AREAS = (113, 114, 115, 116, 117, 118, 121, 131, 141, 151, 161)
PLAIN = str.maketrans("éüåÉÜÅ", "euaEUA")


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


def american(number: int) -> str:
    """Return one of 80,000 numbers: cards that share theirs would be read from caches."""
    return f"{200 + number // 100 % 800} 555 01{number % 100:02}"


def british(number: int) -> str:
    """Return one of 11,000 numbers of the ranges that are kept for fiction."""
    return f"+44 {BRITISH_AREAS[number // 1000 % len(BRITISH_AREAS)]} 496 0{number % 1000:03}"


def android(number: int, given: str, family: str) -> list[str]:
    # Android writes a name with other letters quoted-printable, which vobject often fails to read.
    given, family = (name.translate(PLAIN) for name in (given, family))
    return [
        "VERSION:2.1",
        f"N:{family};{given};;;",
        f"FN:{given} {family}",
        f"TEL;CELL:+1 {american(number)}",
        f"TEL;WORK:{american(number + 40_000)}",
        f"EMAIL;HOME:{number}@example.com",
        "ORG:Northwind",
        f"ADR;HOME:;;{number} Example Way;Springfield;;62701;USA",
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
        f"TEL;type=CELL;type=VOICE;type=pref:{british(number)}",
        f"item1.TEL:+1 {american(number + 20_000)}",
        "item1.X-ABLabel:_$!<Mobile>!$_",
        f"item2.ADR;type=HOME:;;{number} Example Road;London;;E1 1AA;United Kingdom",
        "item2.X-ABADR:gb",
        f"BDAY:19{50 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}",
        f"NOTE:met at conference {number}\\, talked about sailing",
        f"REV:2024-{1 + number % 12:02}-02T03:{number % 60:02}:05Z",
        f"UID:{number:08x}-0000-4000-8000-000000000000:ABPerson",
    ]


def thunderbird(number: int, given: str, family: str) -> list[str]:
    return [
        "VERSION:4.0",
        f"N:{family};{given};;;",
        f"FN:{given} {family}",
        f"EMAIL;PREF=1:{number}@example.net",
        f'TEL;VALUE=uri;TYPE="work,voice":tel:+1-{american(number)}',
        "CATEGORIES:Climbing,Work",
        f"URL:https://www.linkedin.com/in/example-{number}",
        f"UID:urn:uuid:{number:08x}-1111-4111-8111-111111111111",
    ]


def folded(line: str) -> str:
    cuts = [line[:75], *(line[at : at + 74] for at in range(75, len(line), 74))]
    return "\r\n ".join(cuts)


def generate(count: int, picture_bytes: int) -> bytes:
    source = random.Random(7)
    syllables = ["an", "bo", "ce", "di", "él", "fü", "go", "hå", "iv", "jo"]
    lines: list[str] = []
    for number in range(count):
        given, family = ("".join(source.choices(syllables, k=3)).title() for _ in range(2))
        style = (android, apple, thunderbird)[number % 3]
        card = style(number, given, family)
        if picture_bytes:
            picture = base64.b64encode(source.randbytes(picture_bytes)).decode("ascii")
            head = ("PHOTO;ENCODING=BASE64;JPEG:", "PHOTO;ENCODING=b;TYPE=JPEG:")[style != android]
            card.append(folded(head + picture) + ("\r\n" if style == android else ""))
        lines += ["BEGIN:VCARD", *card, "END:VCARD"]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def ours(data: bytes) -> int:
    return sum(isinstance(record, Contact) for record in extract(Memory(data), "contacts.vcf"))


def vobject_as_it_comes(data: bytes) -> int:
    return sum(1 for _ in vobject.readComponents(data.decode("utf-8")))


def vobject_allow_qp(data: bytes) -> int:
    return sum(1 for _ in vobject.readComponents(data.decode("utf-8"), allowQP=True))


def seconds(read: Callable[[bytes], int], data: bytes, count: int, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        found = read(data)
        times.append(time.process_time() - start)
        if found != count:
            raise SystemExit(f"{read.__name__}: {found} cards read, {count} written")
    return sorted(times)[len(times) // 2]


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    picture_bytes = int(sys.argv[2]) if len(sys.argv) > 2 else 8_000
    reached = True
    for size in dict.fromkeys((picture_bytes, 0)):
        data = generate(count, size)
        print(f"{count} cards, {len(data) / 1e6:.1f} MB, {size} bytes of picture each")
        own = seconds(ours, data, count, ROUNDS)
        print(f"  notworking           {own:6.2f} s {count / own:8.0f} cards/s")
        for read in (vobject_as_it_comes, vobject_allow_qp):
            other = seconds(read, data, count, 1)
            rate = f"{other:6.2f} s {count / other:8.0f} cards/s"
            print(f"  {read.__name__:20} {rate}  ratio {other / own:.1f}")
            if read is vobject_as_it_comes:
                reached &= other / own >= GOAL
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
