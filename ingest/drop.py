"""The drop: walk files, folders and zips, and say which importer owns each file.

Archives are read in place, member by member; nothing is ever written under a name that an archive
chose. Importers see content and a path inside the export, never an archive.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from notworking.ingest import ignored, importers
from notworking.ingest.importer import HEAD_SIZE, Content, Ignored, Importer

#: Files that operating systems leave beside the user's own.
_JUNK = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git/)", re.I)
#: Limits that no real export meets: they stop archives made to fill a disk.
MAX_RATIO = 1000
MAX_MEMBER = 64 << 30
MAX_MEMBERS = 2_000_000
MAX_NESTING = 3
_ZIP_DATE_UNKNOWN = 1980

_DATES = (
    (re.compile(r"_(\d{2})-(\d{2})-(\d{4})"), "mdy"),  # LinkedIn: month first
    (re.compile(r"-(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"), "ymd"),
    (re.compile(r"-(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)"), "dmy"),  # Facebook 2025
    (re.compile(r"-(\d{4})(\d{2})(\d{2})T"), "ymd"),  # Takeout
)


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file on disk."""

    file: Path

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.file.stat().st_size

    def read(self) -> bytes:
        """Return the whole content."""
        return self.file.read_bytes()

    def open(self) -> BinaryIO:
        """Open the content for reading from its start."""
        return self.file.open("rb")


@dataclass(frozen=True, slots=True)
class ZipContent:
    """A member of an archive; ``read`` stops a member that is larger than it claims to be."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    @property
    def size(self) -> int:
        """Length in bytes."""
        return self.info.file_size

    def read(self) -> bytes:
        """Return the whole content."""
        with self.open() as stream:
            return stream.read()

    def open(self) -> BinaryIO:
        """Open the content for reading from its start."""
        return self.archive.open(self.info)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the drop.

    Attributes:
        shown: Path relative to what the user gave, archive members after their archive.
        inner: Path inside the export, which importers see.
        content: Its bytes; None if it cannot be read at all.
        as_of: When the export was made, as far as names and archive entries tell.
        problem: Why it cannot be read; None if it can.
    """

    shown: str
    inner: str
    content: Content | None
    as_of: datetime | None
    problem: str | None = None


def walk(given: Iterable[Path]) -> Iterator[Found]:
    """Yield every file below the given files, folders and archives, in a stable order.

    Symbolic links inside folders, devices and sockets are named, never followed.
    """
    for path in given:
        if path.is_dir():
            yield from _walk_folder(path)
        else:
            # A link that the user names is meant; one found inside a folder may lead anywhere.
            yield from _open_file(path.resolve(), path.name, path.name)


def _walk_folder(folder: Path) -> Iterator[Found]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(here) / name
            inner = path.relative_to(folder).as_posix()
            yield from _open_file(path, inner, f"{folder.name}/{inner}")


def _open_file(path: Path, shown: str, dated: str) -> Iterator[Found]:
    if _JUNK.search("/" + shown):
        return
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            yield Found(shown, shown, None, None, "symbolic link, not followed")
            return
        if not stat.S_ISREG(mode):
            yield Found(shown, shown, None, None, "no regular file")
            return
        with path.open("rb") as stream:
            head = stream.read(4)
    except OSError as error:
        yield Found(shown, shown, None, None, f"cannot be opened: {error.strerror}")
        return
    if head[:2] == b"PK" and zipfile.is_zipfile(path) and not _is_office(path):
        yield from _walk_zip(path, shown, dated, 1)
    elif head[:2] == b"PK" and path.name.lower().endswith(".zip"):
        yield Found(shown, shown, None, None, "damaged archive: download the export again")
    else:
        yield Found(shown, shown, FileContent(path), export_date(dated))


def _is_office(source: Path | io.BytesIO) -> bool:
    """Tell whether an archive is a spreadsheet or document, which importers get whole."""
    with zipfile.ZipFile(source) as archive:
        return "[Content_Types].xml" in archive.namelist()


def _walk_zip(source: Path | io.BytesIO, shown: str, dated: str, depth: int) -> Iterator[Found]:
    try:
        archive = zipfile.ZipFile(source)
        members = sorted(archive.infolist(), key=lambda info: info.filename)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Found(shown, shown, None, None, f"damaged archive: {error}")
        return
    if len(members) > MAX_MEMBERS:
        yield Found(
            shown, shown, None, None, f"archive of more than {MAX_MEMBERS:,} files, refused"
        )
        return
    for info in members:
        inner = _member_path(info)
        if info.is_dir() or _JUNK.search("/" + inner):
            continue
        label = f"{shown}/{inner}"
        problem = _refusal(info)
        if problem:
            yield Found(label, inner, None, None, problem)
            continue
        yield from _open_member(archive, info, label, f"{dated}/{inner}", depth)


def _open_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, dated: str, depth: int
) -> Iterator[Found]:
    inner = _member_path(info)
    content = ZipContent(archive, info)
    as_of = export_date(dated) or _member_date(info)
    if not inner.lower().endswith(".zip"):
        yield Found(label, inner, content, as_of)
        return
    if depth >= MAX_NESTING:
        yield Found(label, inner, None, None, f"archives nested deeper than {MAX_NESTING}")
        return
    try:
        nested = io.BytesIO(content.read())
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
        yield Found(label, inner, None, None, f"damaged archive: {error}")
        return
    yield from _walk_zip(nested, label, dated, depth + 1)


def _member_path(info: zipfile.ZipInfo) -> str:
    """Return a member's path with forward slashes and without climbing or absolute parts."""
    parts = info.filename.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _refusal(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & 0x1:
        return "encrypted: unpack it with its password and give the folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "symbolic link, not followed"
    if info.file_size > MAX_MEMBER:
        return f"unpacks to more than {MAX_MEMBER >> 30} GiB, refused"
    if info.file_size > (1 << 20) and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return f"unpacks to more than {MAX_RATIO:,} times its size, refused as a zip bomb"
    return None


def _member_date(info: zipfile.ZipInfo) -> datetime | None:
    if info.date_time[0] <= _ZIP_DATE_UNKNOWN:
        return None
    try:
        return datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return None


def export_date(path: str) -> datetime | None:
    """Return the date that an archive's or folder's name carries, the innermost first.

    >>> export_date("Complete_LinkedInDataExport_11-02-2026.zip/messages.csv").isoformat()
    '2026-11-02T00:00:00+00:00'
    >>> export_date("facebook-ada-12-4-2025-8aBcDeFg/friends.json").isoformat()
    '2025-04-12T00:00:00+00:00'
    """
    for part in reversed(path.split("/")):
        for pattern, order in _DATES:
            hit = pattern.search(part)
            if hit:
                numbers = dict(zip(order, map(int, hit.groups()), strict=True))
                try:
                    day = date(numbers["y"], numbers["m"], numbers["d"])
                except ValueError:
                    continue
                return datetime(day.year, day.month, day.day, tzinfo=UTC)
    return None


def read_head(content: Content) -> bytes:
    """Return the first bytes of a file, as ``identify`` wants them.

    Raises:
        OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError: it cannot be read.
    """
    with content.open() as stream:
        return stream.read(HEAD_SIZE)


def digest(content: Content) -> str:
    """Return the SHA-256 of a file, reading it in pieces.

    Raises:
        OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError: it cannot be read.
    """
    total = hashlib.sha256()
    with content.open() as stream:
        while piece := stream.read(1 << 20):
            total.update(piece)
    return total.hexdigest()


def owner_of(inner: str, head: bytes) -> Importer | Ignored | None:
    """Return the one kind of file this is, or None if nobody knows it.

    Raises:
        LookupError: Two importers claim it; both are named.
    """
    claims = [importer for importer in importers() if importer.identify(inner, head)]
    if len(claims) > 1:
        names = " and ".join(claim.name for claim in claims)
        raise LookupError(f"claimed by {names}: please report this")
    if claims:
        return claims[0]
    known = [kind for kind in ignored() if kind.identify(inner, head)]
    return known[0] if known else None
