"""vCard files that are large, or made to take time and memory."""

from __future__ import annotations

import io
import itertools
import json
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

import pytest

from notworking.ingest import _vcard_cards
from notworking.ingest.vcard import extract
from notworking.records import Contact, Notice, Point, Record

Read = Callable[[str | bytes], list[Record]]


def raw_of(contact: Contact) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(contact.raw)
    return row


@dataclass(frozen=True)
class Endless:
    """A large file that exists only while it is read."""

    card: bytes
    count: int

    @property
    def size(self) -> int:
        return len(self.card) * self.count

    def read(self) -> bytes:
        raise AssertionError("a large file must not be read at once")

    def open(self) -> BinaryIO:
        return cast("BinaryIO", io.BufferedReader(_Repeated(self.card, self.count)))


class _Repeated(io.RawIOBase):
    def __init__(self, card: bytes, count: int) -> None:
        self.waiting = iter(itertools.repeat(card, count))
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.rest = self.rest or next(self.waiting, b"")
        part, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def test_memory_does_not_grow_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_vcard_cards, "BLOCK_SIZE", 1 << 18)
    picture = b"PHOTO;ENCODING=b:" + b"\n ".join([b"QUJD" * 18] * 150)
    card = b"BEGIN:VCARD\nFN:A\n" + picture + b"\nEND:VCARD\n"
    tracemalloc.start()
    contacts = sum(1 for _ in extract(Endless(card, 2000), "contacts.vcf"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert contacts == 2000  # of more than 20 MB
    assert peak < 3 << 20


def test_more_than_two_hundred_of_a_kind_are_left_out_and_counted(read_cards: Read) -> None:
    records = read_cards("BEGIN:VCARD~FN:A~" + "TEL:1~" * 250 + "EMAIL:a@example.com~END:VCARD~")
    contact, notice = records
    assert isinstance(contact, Contact)
    assert len(raw_of(contact)["tel"]) == 200
    assert Point("email", "a@example.com") in contact.points
    assert notice == Notice("properties beyond 200 of one kind on one card, left out: 50")


def test_values_are_cut_at_a_million_characters(read_cards: Read) -> None:
    contact, notice = read_cards("BEGIN:VCARD~FN:A~NOTE:" + "x" * 1_100_000 + "~END:VCARD~")
    assert isinstance(contact, Contact)
    assert contact.note is not None
    assert len(contact.note) == 1 << 20
    assert notice == Notice("values longer than a million characters, shortened: 1")


@pytest.mark.parametrize(
    "file",
    [
        b"BEGIN:VCARD\n" * 30_000 + b"END:VCARD\n" * 30_000,
        b"BEGIN:VCARD\nFN:A\nN:" + b"\\;" * 400_000 + b"\nEND:VCARD\n",
        b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:" + b"a=\n" * 300_000 + b"\nEND:VCARD\n",
        b"BEGIN:VCARD\nFN:A\nTEL" + b';"' * 300_000 + b":1\nEND:VCARD\n",
        b"BEGIN:VCARD\nFN:A\nNOTE" + b"\n x" * 300_000 + b"\nEND:VCARD\n",
        b"BEGIN:VCARD\nFN:A\nADR:" + b"\njunk" * 200_000 + b"\nEND:VCARD\n",
        b"\r" * 2_000_000 + b"BEGIN:VCARD",
        b"a." * 1_000_000 + b"BEGIN:VCARD\n",
        b"BEGIN:VCARD\nFN:A\nREV:" + b"1" * 1_000_000 + b"\nEND:VCARD\n",
    ],
    ids=["nested", "escapes", "soft_breaks", "quotes", "folds", "junk", "cr", "groups", "digits"],
)
def test_hostile_files_take_time_in_proportion(read_cards: Read, file: bytes) -> None:
    start = time.process_time()
    read_cards(file)
    assert time.process_time() - start < 10
