"""The contract of an importer, and the small things that recognising a file needs.

An importer answers two questions: is this file yours (``identify``), and what is in it
(``extract``). It never sees an archive, a clock, a database or a setting. For whatever bytes
``identify`` accepted, ``extract`` yields and never raises: what it cannot read is a ``Reject``.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO, Protocol

from notworking.records import Contact, Event, Record, Reject

#: Bytes of a file that ``identify`` is given.
HEAD_SIZE = 65536
#: A reject keeps this much of the row.
RAW_LIMIT = 2000


class Content(Protocol):
    """The bytes of one file, wherever they lie."""

    @property
    def size(self) -> int:
        """Length in bytes."""
        ...

    def read(self) -> bytes:
        """Return the whole content."""
        ...

    def open(self) -> BinaryIO:
        """Open the content for reading from its start."""
        ...


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file.

    Attributes:
        name: ``source.kind``, unique.
        source: The contract's word for the source.
        files: What the file is called in exports, for people.
        yields: What comes out of it, for people.
        identify: Path inside the export (``/`` between parts) and first ``HEAD_SIZE`` bytes, to
            whether this importer reads the file. Content and shape first, name second.
        extract: Content and the path inside the export, to records and rejects in file order.
        complete: Whether one such file lists everything there is on its day, so that an entry
            missing in a newer one is gone.
        mend: For importers that yield a ``Table``: column names and the cells of one row that the
            engine could not read (any number of them), to the event it holds or a reject.
    """

    name: str
    source: str
    files: str
    yields: str
    identify: Callable[[str, bytes], bool]
    extract: Callable[[Content, str], Iterator[Record]]
    complete: bool = False
    mend: Callable[[tuple[str, ...], list[str], str], Event | Reject] | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A kind of file that is known, and says nothing about relationships.

    Attributes:
        name: ``source.kind``, unique.
        identify: As in ``Importer``.
        reason: Why it is not read, for people.
    """

    name: str
    source: str
    files: str
    identify: Callable[[str, bytes], bool]
    reason: str


def content_key(raw: str) -> str:
    """Return a short stable key for an entry that has no identifier of its own."""
    return "sha256:" + hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def to_json(row: object) -> str:
    """Return a row as JSON text, readable, with every character that UTF-8 can carry."""
    text = json.dumps(row, ensure_ascii=False, default=str)
    return text.encode("utf-8", "replace").decode("utf-8")


def shorten(raw: str) -> str:
    """Return at most ``RAW_LIMIT`` characters of a rejected row, without NUL bytes."""
    return raw.replace("\x00", "")[:RAW_LIMIT].encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=256)
def base_name(path: str) -> str:
    """Return the last part of a path, lower case, apostrophes as ``_``."""
    name = path.rsplit("/", 1)[-1]
    return re.sub(r"['’]|%27", "_", unicodedata.normalize("NFC", name)).lower()


def full_name(given: str | None, family: str | None) -> str | None:
    """Join name parts as a display name; None when there is neither."""
    joined = " ".join(part.strip() for part in (given, family) if part and part.strip())
    return joined or None


__all__ = [
    "HEAD_SIZE",
    "RAW_LIMIT",
    "Contact",
    "Content",
    "Ignored",
    "Importer",
    "base_name",
    "content_key",
    "full_name",
    "shorten",
    "to_json",
]
