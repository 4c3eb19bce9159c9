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
from notworking.ingest.limits import Budget, Limits

#: Files that operating systems leave beside the user's own.
_JUNK = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git/)", re.I)
_ZIP_DATE_UNKNOWN = 1980
#: Members of which only the archive's name says what they are: WhatsApp's chats of iPhones.
_NAMED_BY_ARCHIVE = frozenset({"_chat.txt"})
#: What opening a broken archive raises.
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError)
#: What reading a broken file or archive member raises.
UNREADABLE = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError)
#: Bytes that are digested at a time.
_PIECE = 1 << 20

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


def walk(given: Iterable[Path], limits: Limits | None = None) -> Iterator[Found]:
    """Yield every file below the given files, folders and archives, in a stable order.

    Symbolic links inside folders, devices and sockets are named, never followed.
    """
    budget = Budget(limits or Limits())
    for path in given:
        if path.is_dir():
            yield from _walk_folder(path, budget)
        else:
            # A link that the user names is meant; one found inside a folder may lead anywhere.
            yield from _open_file(path.resolve(), path.name, path.name, budget)


def _walk_folder(folder: Path, budget: Budget) -> Iterator[Found]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(here) / name
            inner = path.relative_to(folder).as_posix()
            yield from _open_file(path, inner, f"{folder.name}/{inner}", budget)


def _open_file(path: Path, shown: str, dated: str, budget: Budget) -> Iterator[Found]:
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
        yield from _walk_zip(_Archive(path, shown, dated, 1, budget))
    elif head[:2] == b"PK" and path.name.lower().endswith(".zip"):
        yield Found(shown, shown, None, None, "damaged archive: download the export again")
    else:
        yield Found(shown, shown, FileContent(path), export_date(dated))


def _is_office(source: Path) -> bool:
    """Tell whether an archive is a spreadsheet or document, which importers get whole."""
    try:
        with zipfile.ZipFile(source) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except _DAMAGED:
        return False


@dataclass(frozen=True, slots=True)
class _Archive:
    """An archive on disk or in memory, and how deep it lies in others."""

    source: Path | io.BytesIO
    shown: str
    dated: str
    depth: int
    budget: Budget


def _walk_zip(found: _Archive) -> Iterator[Found]:
    shown, limits = found.shown, found.budget.limits
    try:
        archive = zipfile.ZipFile(found.source)
        members = sorted(archive.infolist(), key=lambda info: info.filename)
    except _DAMAGED as error:
        yield Found(shown, shown, None, None, f"damaged archive: {error}")
        return
    if len(members) > limits.max_files:
        reason = f"archive of more than {limits.max_files:,} files, refused"
        yield Found(shown, shown, None, None, f"{reason} (NOTWORKING_MAX_FILES allows more)")
        return
    for info in members:
        inner = _member_path(info)
        if info.is_dir() or _JUNK.search("/" + inner):
            continue
        problem = _refusal(info) or found.budget.refusal(info.file_size, info.compress_size)
        if problem:
            yield Found(f"{shown}/{inner}", inner, None, None, problem)
        else:
            yield from _open_member(found, archive, info)


def _open_member(
    found: _Archive, archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Iterator[Found]:
    inner = _member_path(info)
    label, dated = f"{found.shown}/{inner}", f"{found.dated}/{inner}"
    content = ZipContent(archive, info)
    limits = found.budget.limits
    if not inner.lower().endswith(".zip"):
        at = export_date(dated) or _member_date(info)
        yield Found(label, _named(inner, found.shown), content, at)
        return
    if found.depth >= limits.max_nesting:
        reason = f"archives nested deeper than {limits.max_nesting}"
        yield Found(label, inner, None, None, f"{reason} (NOTWORKING_MAX_NESTING allows more)")
        return
    if info.file_size > limits.max_nested:
        reason = f"archive of more than {limits.max_nested_gib} GiB inside another"
        yield Found(label, inner, None, None, f"{reason}: unpack the outer one and give the folder")
        return
    try:
        nested = io.BytesIO(content.read())
    except (*_DAMAGED, EOFError, RuntimeError) as error:
        yield Found(label, inner, None, None, f"damaged archive: {error}")
        return
    yield from _walk_zip(_Archive(nested, label, dated, found.depth + 1, found.budget))


def _named(inner: str, archive: str) -> str:
    """Return a member's path; one that is called the same in every archive, below its archive."""
    return f"{archive.rsplit('/', 1)[-1]}/{inner}" if inner in _NAMED_BY_ARCHIVE else inner


def _member_path(info: zipfile.ZipInfo) -> str:
    """Return a member's path with forward slashes and without climbing or absolute parts."""
    parts = info.filename.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _refusal(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & 0x1:
        return "encrypted: unpack it with its password and give the folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "symbolic link, not followed"
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


def digest_and_head(content: Content) -> tuple[str, bytes]:
    """Return the SHA-256 of a file and its first bytes, reading it once and in pieces.

    Raises:
        OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError: it cannot be read.
    """
    with content.open() as stream:
        head = stream.read(HEAD_SIZE)
        total = hashlib.sha256(head)
        while piece := stream.read(_PIECE):
            total.update(piece)
    return total.hexdigest(), head


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
