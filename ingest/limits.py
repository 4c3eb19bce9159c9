"""How much a drop may hold: limits that no real export meets, against files made to do harm.

Each can be changed by an environment variable, for the export that does meet one.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import BinaryIO

from notworking.errors import UsageError
from notworking.ingest.importer import Content
from notworking.records import Record

_PREFIX = "NOTWORKING_"
_GIB = 1 << 30
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read; the variable of ``max_ratio`` is ``NOTWORKING_MAX_RATIO``.

    Attributes:
        max_ratio: How many times its packed size a member or an archive may unpack to.
        max_member_gib: Size of one archive member, in GiB.
        max_nested_gib: Size of an archive inside an archive, which is held in memory, in GiB.
        max_total_gib: What all archives of a run unpack to, in GiB.
        max_files: Members of one archive.
        max_nesting: Archives inside archives.
        max_whole_mib: Size of a file of a format that can only be read as a whole, in MiB; what is
            read as it comes (CSV, mail, chats, cards) has no such limit.
        max_file_minutes: How long one file may take, in minutes.
    """

    max_ratio: int = 1000
    max_member_gib: int = 64
    max_nested_gib: int = 2
    max_total_gib: int = 512
    max_files: int = 2_000_000
    max_nesting: int = 3
    max_whole_mib: int = 256
    max_file_minutes: int = 60

    @property
    def max_member(self) -> int:
        """Size of one archive member, in bytes."""
        return self.max_member_gib * _GIB

    @property
    def max_nested(self) -> int:
        """Size of an archive inside an archive, in bytes."""
        return self.max_nested_gib * _GIB

    @property
    def max_total(self) -> int:
        """What all archives of a run unpack to, in bytes."""
        return self.max_total_gib * _GIB


def limits_from(environment: Mapping[str, str]) -> Limits:
    """Return the limits, as far as the environment changes them.

    Raises:
        UsageError: A variable holds no positive whole number.
    """
    changed = {}
    for field in fields(Limits):
        name = _PREFIX + field.name.upper()
        text = environment.get(name)
        if text is None:
            continue
        if not (text.isascii() and text.isdecimal() and int(text) > 0):
            raise UsageError(f"{name} is '{text}': give a whole number above 0, or unset it.")
        changed[field.name] = int(text)
    return Limits(**changed)


class LimitError(OSError):
    """One file is larger or takes longer than what is still read."""


@dataclass(frozen=True, slots=True)
class Bounded:
    """The bytes of a file, of which no more than ``max_whole_mib`` are held in memory at once."""

    content: Content
    limits: Limits

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.content.size

    def read(self) -> bytes:
        """Return the whole content.

        Raises:
            LimitError: It is larger than the limit.
        """
        if self.size > self.limits.max_whole_mib * _MIB:
            raise LimitError(
                f"larger than {self.limits.max_whole_mib} MiB, and of a format that is read as a "
                f"whole ({_PREFIX}MAX_WHOLE_MIB allows more; it takes about four times as much "
                "memory)"
            )
        return self.content.read()

    def open(self) -> BinaryIO:
        """Open the content for reading from its start."""
        return self.content.open()


def in_time(records: Iterable[Record], limits: Limits) -> Iterator[Record]:
    """Yield the records of a file; the clock is looked at before each.

    Raises:
        LimitError: The file takes longer than the limit.
    """
    end = time.monotonic() + limits.max_file_minutes * 60
    for record in records:
        if time.monotonic() > end:
            raise LimitError(
                f"takes longer than {limits.max_file_minutes} minutes, given up "
                f"({_PREFIX}MAX_FILE_MINUTES allows more)"
            )
        yield record


class Budget:
    """What a run may still unpack."""

    def __init__(self, limits: Limits) -> None:
        """Start with the whole of it."""
        self.limits = limits
        self._left = limits.max_total

    def refusal(self, size: int, packed: int) -> str | None:
        """Say why a member of this size is not unpacked; None, and it is charged, if it is."""
        limits = self.limits
        if size > limits.max_member:
            return (
                f"unpacks to more than {limits.max_member_gib} GiB, refused "
                f"({_PREFIX}MAX_MEMBER_GIB allows more)"
            )
        if size > (1 << 20) and size > limits.max_ratio * max(packed, 1):
            return (
                f"unpacks to more than {limits.max_ratio:,} times its size, refused as a zip bomb "
                f"({_PREFIX}MAX_RATIO allows more)"
            )
        if size > self._left:
            return (
                f"the archives unpack to more than {limits.max_total_gib} GiB in all, refused "
                f"({_PREFIX}MAX_TOTAL_GIB allows more)"
            )
        self._left -= size
        return None
