"""Mail files, first step: bytes to the head of each mail, however large the file is.

A mailbox of many gigabytes is nearly all bodies; they are skipped block by block and never looked
into. What the fields of a head mean is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 4 << 20
#: A head longer than this is cut: it is damage, or a list of recipients that nobody wrote to.
LONGEST = 1 << 20
#: How much of a line that may begin a mail must be seen to be sure of it.
_SIGHT = 1024
_FIELD = rb">?From |[!-9;-~]{1,76}[ \t]*:"
_ENVELOPE = re.compile(rb"From [^\n]{0,300}?\d\d:\d\d[^\n]{0,100}\n(?:" + _FIELD + rb")")
#: The first line of a file needs no time of day to be told from a sentence.
_OPENING = re.compile(rb"From [^\n]{0,400}\n(?:" + _FIELD + rb")")
_HEAD_END = re.compile(rb"\n\r?\n")
_TWO_FIELDS = re.compile(rb"(?:[!-9;-~]{1,76}[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2}")
#: Apple Mail writes the length of the mail before it.
_LENGTH = re.compile(rb"\s*\d{1,12}[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one mail.

    Attributes:
        number: Position in the file, from 1.
        envelope: The line that begins it in a mailbox, without its end; empty elsewhere.
        fields: All its fields.
    """

    number: int
    envelope: bytes
    fields: bytes


def is_mailbox(head: bytes) -> bool:
    """Whether a file begins like a mailbox of several mails."""
    return _OPENING.match(_without_mark(head)) is not None


def is_mail(head: bytes) -> bool:
    """Whether a file begins with fields."""
    return _TWO_FIELDS.match(single(head)) is not None


def single(data: bytes) -> bytes:
    """Return the bytes of a file of one mail without what stands before its fields."""
    data = _without_mark(data)
    length = _LENGTH.match(data)
    return data[length.end() :] if length else data


def _without_mark(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")


def one(stream: BinaryIO) -> Head:
    """Return the head of a file of one mail."""
    data = single(stream.read(LONGEST))
    end = _HEAD_END.search(data)
    return Head(1, b"", data[: end.start() + 1] if end else data)


def several(stream: BinaryIO) -> Iterator[Head]:
    """Yield the head of every mail of a mailbox."""
    buffer = b"\n\n" + _without_mark(stream.read(BLOCK))
    at = number = 0
    last = False
    while True:
        start = _start(buffer, at, first=number == 0, last=last)
        if start is None:
            # A possible beginning near the end of the block is looked at again with more of it.
            buffer, at = buffer[max(at, len(buffer) - _SIGHT) :], 0
        else:
            end = _HEAD_END.search(buffer, start)
            if end is not None or last or len(buffer) - start > LONGEST:
                number += 1
                stop = end.start() + 1 if end is not None else len(buffer)
                yield _head(number, buffer[start : min(stop, start + LONGEST)])
                at = stop - 1
                continue
            buffer, at = buffer[start - 2 :], 0
        if last:
            return
        more = stream.read(BLOCK)
        last = not more
        buffer += more


def _start(buffer: bytes, at: int, *, first: bool, last: bool) -> int | None:
    """Return where the next mail begins; None where none does as far as can be seen."""
    while True:
        found = buffer.find(b"\nFrom ", at)
        if found < 0 or (not last and len(buffer) - found < _SIGHT // 2):
            return None
        before = buffer[max(found - 2, 0) : found]
        after_blank = before.endswith(b"\n") or before == b"\n\r"
        pattern = _OPENING if first else _ENVELOPE
        if after_blank and pattern.match(buffer, found + 1):
            return found + 1
        at = found + 1


def _head(number: int, data: bytes) -> Head:
    envelope, _, fields = data.partition(b"\n")
    return Head(number, envelope.rstrip(b"\r"), fields)
