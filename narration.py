"""What an import says to people: what was read, what was not, and the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from notworking import verdict
from notworking.output import printable
from notworking.pipeline import Summary
from notworking.reading import FileResult

_SHOWN = 12


def summary(done: Summary) -> Iterator[str]:
    """Yield the paragraphs for the terminal."""
    yield _read(done)
    if notices := list(_notices(done.files)):
        yield _listed("Good to know:", notices)
    if done.rejects:
        reasons = Counter(reason for _, _, reason in done.rejects)
        lines = [f"{count:,} x {reason}" for reason, count in reasons.most_common()]
        yield _listed("Rows not read ('notworking rejects' names each):", lines)
    if done.unread:
        yield _listed("Files not read:", [f"{f.path}: {f.message}" for f in done.unread])
    if done.verdict is not None:
        yield from verdict.paragraphs(done.verdict)
    if done.dry_run:
        yield "This was a dry run: nothing was changed."


def _read(done: Summary) -> str:
    statuses = Counter(f.status for f in done.files)
    whose = f" of {printable(done.owner)}" if done.owner else ""
    parts = [f"{count:,} {status}" for status, count in sorted(statuses.items())]
    lines = [
        f"Read {len(done.files):,} files{whose} ({', '.join(parts)}): "
        f"{done.total('rows_read'):,} rows, {done.total('rows_loaded'):,} new, "
        f"{done.total('rows_unchanged'):,} known already, "
        f"{done.total('rows_rejected'):,} not read."
    ]
    for source, files in sorted(_by_source(done.files).items()):
        rows = sum(f.rows_read for f in files)
        lines.append(f"  {source}: {rows:,} rows in {len(files):,} files")
    return "\n".join(lines)


def _notices(files: list[FileResult]) -> Iterator[str]:
    """Yield what there is to say about files that were read, the same words once."""
    said: dict[str, list[str]] = {}
    for file in files:
        if file.message and file.status in ("loaded", "unchanged"):
            said.setdefault(file.message, []).append(file.path)
    for message, paths in said.items():
        yield f"{paths[0]}: {message}" if len(paths) == 1 else f"{len(paths):,} files: {message}"


def _by_source(files: list[FileResult]) -> dict[str, list[FileResult]]:
    found: dict[str, list[FileResult]] = {}
    for file in files:
        if file.source and file.status in ("loaded", "unchanged"):
            found.setdefault(file.source, []).append(file)
    return found


def _listed(head: str, lines: list[str]) -> str:
    shown = [f"  {printable(line)}" for line in lines[:_SHOWN]]
    if len(lines) > _SHOWN:
        shown.append(f"  ... and {len(lines) - _SHOWN:,} more: 'notworking imports --files'")
    return "\n".join([head, *shown])
