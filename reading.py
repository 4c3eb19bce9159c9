"""Reading one file: what is it, who reads it, and what became of its rows.

The only broad ``except`` of the house is here: a fault in one importer must not lose the others.
"""

from __future__ import annotations

import traceback
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from notworking.ingest import drop
from notworking.ingest.importer import Content, Importer
from notworking.store import book, load

if TYPE_CHECKING:
    import duckdb

#: What reading a broken file or archive member raises.
_UNREADABLE = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError)
_COPY_PIECE = 1 << 20


class Progress(Protocol):
    """Told what is going on; may do nothing."""

    def start(self, files: int) -> None:
        """Files were found."""
        ...

    def file(self, name: str) -> None:
        """The next file is read."""
        ...

    def rows(self, rows: int) -> None:
        """So many rows of it were met."""
        ...

    def step(self, what: str) -> None:
        """A step that is not about files begins."""
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """What reading a file needs to know of the import it is part of.

    Attributes:
        folder: Private folder for copies of archive members.
        keep_text: Keep the text of messages.
        debug: Show the traceback of a fault in an importer.
    """

    con: duckdb.DuckDBPyConnection
    folder: Path
    import_id: int
    owner_id: int
    keep_text: bool
    debug: bool
    progress: Progress


@dataclass(slots=True)
class FileResult:
    """What became of one file: a row of ``source_files``."""

    path: str
    status: str
    source: str | None = None
    kind: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    rows_read: int = 0
    rows_loaded: int = 0
    rows_unchanged: int = 0
    rows_rejected: int = 0
    message: str | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    """One file that somebody reads."""

    run: Run
    file_id: int
    file: drop.Found
    content: Content
    importer: Importer
    result: FileResult


def read_file(run: Run, file: drop.Found) -> FileResult:
    """Read one file into the raw schema and write down what became of it."""
    run.progress.file(file.shown)
    file_id = book.next_file_id(run.con)
    result = FileResult(file.shown, "failed", message=file.problem)
    if file.content is not None:
        try:
            kind = _identify(file.inner, file.content, result)
            if kind is not None:
                _read(_Job(run, file_id, file, file.content, kind, result))
        except _UNREADABLE as error:
            result.status = "failed"
            result.message = f"cannot be read: {error}"
    book.write_file(run.con, file_id, run.import_id, asdict(result))
    return result


def _identify(inner: str, content: Content, result: FileResult) -> Importer | None:
    """Fill in what a file is; return the importer that reads it, if one does."""
    result.bytes = content.size
    result.sha256 = drop.digest(content)
    if result.bytes == 0:
        result.status, result.message = "unrecognised", "empty file"
        return None
    try:
        kind = drop.owner_of(inner, drop.read_head(content))
    except LookupError as error:
        result.message = str(error)
        return None
    if kind is None:
        result.status, result.message = "unrecognised", "no known kind of file"
        return None
    result.source, result.kind = kind.source, kind.name
    if isinstance(kind, Importer):
        return kind
    result.status, result.message = "ignored", kind.reason
    return None


def _read(job: _Job) -> None:
    run, result = job.run, job.result
    before = book.earlier_reading(run.con, run.owner_id, job.importer.name, result.sha256 or "")
    if before is not None:
        result.status = "unchanged"
        result.rows_read, result.rows_unchanged, result.rows_rejected, result.message = before
        return
    rows = load.FileRows(
        run.con,
        job.file_id,
        run.owner_id,
        job.importer,
        run.keep_text,
        path=lambda: _real_path(job.content, run.folder, job.file_id),
        report=run.progress.rows,
    )
    try:
        loaded = load.load(rows, job.importer.extract(job.content, job.file.inner))
    except _UNREADABLE:
        raise
    except Exception as error:
        result.status = "failed"
        result.message = f"fault while reading it ({type(error).__name__}): please report this"
        if run.debug:
            traceback.print_exc()
        return
    _take(job, loaded)


def _take(job: _Job, loaded: load.Loaded) -> None:
    result, counts = job.result, loaded.counts
    result.rows_read, result.rows_loaded = counts.read, counts.loaded
    result.rows_unchanged, result.rows_rejected = counts.unchanged, counts.rejected
    sha256 = result.sha256 or ""
    if loaded.file_reject:
        result.status, result.message = "failed", loaded.file_reject
        book.drop_repeated_rejects(job.run.con, job.file_id, sha256)
        return
    result.status = "loaded"
    result.message = "; ".join(loaded.notices) or None
    as_of = job.file.as_of or loaded.as_of
    importer = job.importer
    book.remember_file(
        job.run.con,
        book.ReadFile(
            job.file_id, job.run.owner_id, importer.name, sha256, as_of, importer.complete
        ),
    )


def _real_path(content: Content, folder: Path, file_id: int) -> Path:
    """Return a file of this content: the user's own, or a private copy of an archive member."""
    if isinstance(content, drop.FileContent):
        return content.file
    path = folder / f"{file_id}.part"
    if not path.exists():
        with content.open() as source, path.open("wb") as target:
            while piece := source.read(_COPY_PIECE):
                target.write(piece)
    return path
