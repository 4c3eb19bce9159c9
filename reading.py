"""Reading one file: what is it, who reads it, and what became of its rows.

The only broad ``except`` of the house is here: a fault in one importer must not lose the others.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from notworking.ingest import drop
from notworking.ingest.contacts import spreadsheet
from notworking.ingest.importer import Content, Importer
from notworking.ingest.limits import Bounded, Limits, in_time
from notworking.store import access, book, connecting, forgotten, hints, load

if TYPE_CHECKING:
    import duckdb

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


@dataclass(slots=True)
class FileResult:
    """What became of one file: a row of ``source_files``."""

    file_id: int
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
class Run:
    """What reading files needs to know of the import they are part of.

    Attributes:
        folder: Private folder for copies of archive members.
        loading: Where the rows go.
        limits: What one file may take.
        known: What was read before, by importer and digest; grows with every file.
        debug: Show the traceback of a fault in an importer.
        columns: The user's word on columns of spreadsheets that no exact importer reads.
    """

    folder: Path
    import_id: int
    owner_id: int
    loading: load.Loading
    limits: Limits
    known: dict[tuple[str, str], book.Earlier | FileResult]
    progress: Progress
    debug: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Job:
    """One file that somebody reads."""

    run: Run
    file: drop.Found
    content: Content
    importer: Importer
    result: FileResult


def read_all(con: duckdb.DuckDBPyConnection, run: Run, found: list[drop.Found]) -> list[FileResult]:
    """Read every file into the raw schema and write down what became of it."""
    first = book.next_file_id(con)
    paths = {_path(file) for file in found}
    # Services offer an export as JSON or as pages; who has both would count everything twice.
    pages_told_twice = {
        path for path in paths if path.endswith(".html") and path[:-5] + ".json" in paths
    }
    read: list[book.ReadFile] = []
    results: list[FileResult] = []
    for file_id, file in enumerate(found, start=first):
        run.progress.file(file.shown)
        result = FileResult(file_id, file.shown, "failed", message=file.problem)
        if _path(file) in pages_told_twice:
            result.status, result.message = "ignored", "the same as the JSON file of that name"
            results.append(result)
            continue
        remembered = _read_file(run, file, result) if file.content is not None else None
        if remembered is not None:
            read.append(remembered)
        results.append(result)
    counts = run.loading.merge()
    hints.take_new(con)
    for result in results:
        _count(run, result, counts)
    book.write_files(con, run.import_id, [asdict(result) for result in results])
    forgotten.mask_paths(con)
    book.remember_files(con, read)
    book.drop_repeated_rejects(con, run.import_id)
    return results


def _path(file: drop.Found) -> str:
    """Return the path inside the export, as JSON files and pages of one name share it."""
    return file.inner.lower().replace("'", "_")


def _read_file(run: Run, file: drop.Found, result: FileResult) -> book.ReadFile | None:
    content = file.content
    if content is None:
        raise AssertionError("a file without content has a problem instead")
    try:
        kind = _identify(run, file.inner, content, result)
        return None if kind is None else _read(_Job(run, file, content, kind, result))
    except drop.UNREADABLE as error:
        if connecting.is_full(error):
            raise
        result.status = "failed"
        result.message = f"cannot be read: {error}"
        return None


def _identify(run: Run, inner: str, content: Content, result: FileResult) -> Importer | None:
    """Fill in what a file is; return the importer that reads it, if one does."""
    result.bytes = content.size
    result.sha256, head = drop.digest_and_head(content)
    if result.bytes == 0:
        result.status, result.message = "unrecognised", "empty file"
        return None
    try:
        kind = drop.owner_of(inner, head)
    except LookupError as error:
        result.message = str(error)
        return None
    if run.columns and (kind is None or kind.name == spreadsheet.IMPORTER.name):
        kind = spreadsheet.mapped(run.columns)
    if kind is None:
        result.status, result.message = "unrecognised", "no known kind of file"
        return None
    result.source, result.kind = kind.source, kind.name
    if isinstance(kind, Importer):
        return kind
    result.status, result.message = "ignored", kind.reason
    return None


def _read(job: _Job) -> book.ReadFile | None:
    run, result, importer = job.run, job.result, job.importer
    sha256 = result.sha256 or ""
    if (importer.name, sha256) in run.known:
        result.status = "unchanged"
        return None
    file = load.File(
        result.file_id,
        run.owner_id,
        importer.source,
        importer.name,
        importer.mend,
        path=lambda: _real_path(job.content, run.folder, result.file_id),
        report=run.progress.rows,
    )
    try:
        records = importer.extract(Bounded(job.content, run.limits), job.file.inner)
        staged = run.loading.stage(file, in_time(records, run.limits))
    except (*drop.UNREADABLE, *connecting.FAULTS):
        raise
    except Exception as error:
        if access.is_interrupt(error):
            raise
        result.message = f"fault while reading it ({type(error).__name__}): please report this"
        if run.debug:
            traceback.print_exc()
        return None
    result.rows_rejected = staged.rejected
    if staged.refusal is not None:
        result.message = staged.refusal
        return None
    result.status = "loaded"
    result.message = "; ".join(staged.notices) or None
    run.known[importer.name, sha256] = result
    as_of = job.file.as_of or staged.as_of
    complete = importer.complete and not staged.is_cut
    return book.ReadFile(result.file_id, run.owner_id, importer.name, sha256, as_of, complete)


def _count(run: Run, result: FileResult, counts: dict[int, tuple[int, int]]) -> None:
    """Fill in the row counts; a content that was read before has those of its first reading."""
    if result.status == "unchanged":
        before = run.known[result.kind or "", result.sha256 or ""]
        result.rows_read, result.rows_rejected = before.rows_read, before.rows_rejected
        result.rows_unchanged = before.rows_loaded + before.rows_unchanged
        result.message = before.message
        if run.columns and result.kind == spreadsheet.IMPORTER.name:
            result.message = "read before: take that import back first for --map to count"
        return
    met, result.rows_loaded = counts.get(result.file_id, (0, 0))
    result.rows_rejected += run.loading.withheld.get(result.file_id, 0)
    result.rows_unchanged = met - result.rows_loaded
    result.rows_read = met + result.rows_rejected


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
