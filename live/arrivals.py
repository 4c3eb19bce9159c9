"""What in a folder has arrived: complete, and not still being written.

An entry is a file or a folder that lies directly in the watched folder; a folder counts as one
export. The clock is given, and nothing is imported here.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: Ends of names that browsers and copying programs give to what is not there yet.
UNFINISHED = (
    ".crdownload",
    ".download",
    ".filepart",
    ".opdownload",
    ".part",
    ".partial",
    ".tmp",
    ".temp",
    ".!ut",
)
_OURS = (".duckdb", ".duckdb.wal", ".wal")
_ZIP_HEAD = b"PK\x03\x04"
#: One file: path below the entry, size, time of the last change, number of the file on disk.
Mark = tuple[str, int, int, int]


@dataclass(slots=True)
class _Seen:
    """How an entry looked, and since when it has looked so."""

    marks: tuple[Mark, ...]
    since: float
    is_handled: bool = False
    told: str | None = None


@dataclass(slots=True)
class Arrivals:
    """Follows the entries of one folder from look to look.

    Attributes:
        folder: The watched folder.
        steady: Seconds for which size and times must stand still.
    """

    folder: Path
    steady: float
    _seen: dict[str, _Seen] = field(default_factory=dict)

    def look(self, now: float) -> tuple[list[Path], list[str]]:
        """Look at the folder; return the entries that are ready, and what there is to say.

        Args:
            now: Seconds on a clock that only goes forward.
        """
        present: dict[str, tuple[Mark, ...]] = dict(_entries(self.folder))
        for name in self._seen.keys() - present.keys():
            del self._seen[name]
        ready: list[Path] = []
        said: list[str] = []
        for name, marks in sorted(present.items()):
            seen = self._seen.get(name)
            if seen is None or seen.marks != marks:
                self._seen[name] = _Seen(marks, now)
                continue
            if seen.is_handled or now - seen.since < self.steady:
                continue
            obstacle = _obstacle(self.folder / name, marks)
            if obstacle is None:
                ready.append(self.folder / name)
            elif seen.told != obstacle:
                seen.told = obstacle
                said.append(f"{name}: {obstacle}; waiting for the rest of it.")
        return ready, said

    def handled(self, entry: Path) -> None:
        """Note that an entry needs nothing more until it changes."""
        if seen := self._seen.get(entry.name):
            seen.is_handled = True

    @property
    def is_waiting(self) -> bool:
        """Whether an entry is there that was not handled and may still become ready."""
        return any(not seen.is_handled and seen.told is None for seen in self._seen.values())


def _entries(folder: Path) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    with os.scandir(folder) as found:
        names = sorted(entry.name for entry in found)
    for name in names:
        if name.startswith((".", "~$")) or name.lower().endswith((*UNFINISHED, *_OURS)):
            continue
        marks = tuple(_marks(folder / name))
        if marks:
            yield name, marks


def _marks(entry: Path) -> Iterator[Mark]:
    """Yield the marks of every regular file of an entry; nothing for what vanished meanwhile."""
    if not entry.is_dir():
        yield from _mark(entry, entry.name)
        return
    for here, folders, names in os.walk(entry):
        folders.sort()
        for name in sorted(names):
            path = Path(here) / name
            yield from _mark(path, path.relative_to(entry).as_posix())


def _mark(path: Path, shown: str) -> Iterator[Mark]:
    try:
        found = path.lstat()
    except OSError:
        return
    if stat.S_ISREG(found.st_mode):
        yield shown, found.st_size, found.st_mtime_ns, found.st_ino


def _obstacle(entry: Path, marks: tuple[Mark, ...]) -> str | None:
    """Return why an entry that stands still is not complete; None if it is."""
    for shown, size, _, _ in marks:
        path = entry / shown if entry.is_dir() else entry
        if shown.lower().endswith(UNFINISHED):
            return f"{shown} is not finished"
        if size == 0 and not entry.is_dir():
            return "it is empty so far"
        if not _is_whole(path):
            return f"{shown} is an archive without its end"
    return None


def _is_whole(path: Path) -> bool:
    """Return whether a file is no archive, or one whose directory at the end can be read."""
    try:
        with path.open("rb") as stream:
            is_archive = stream.read(4) == _ZIP_HEAD or path.suffix.lower() == ".zip"
        if is_archive:
            with zipfile.ZipFile(path) as archive:
                archive.infolist()
    except (OSError, zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
        return False
    return True
