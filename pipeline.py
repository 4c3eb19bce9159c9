"""The one-shot import: read every file, resolve people, refresh the analyses; one transaction.

The only module that knows all the rooms. Whoever calls it gets a ``Summary``; nothing is printed
here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from notworking import __version__, verdict
from notworking.analyze import catalogue
from notworking.analyze import update as analyses
from notworking.errors import UsageError
from notworking.ingest import drop
from notworking.ingest.limits import limits_from
from notworking.reading import FileResult, Progress, Run, read_all
from notworking.store import book, database, derive, hints, private, unload, update
from notworking.store.load import Loading

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for.

    Attributes:
        owner: Whose exports these are; None: the only owner there is.
        region: ISO country of phone numbers without a country code; None: guessed and so marked.
        keep_text: Keep the text of messages.
        dry_run: Undo everything at the end.
        debug: Show the traceback of a fault in an importer.
        columns: The user's word on columns of spreadsheets: column name to field.
    """

    owner: str | None = None
    region: str | None = None
    keep_text: bool = True
    dry_run: bool = False
    debug: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Summary:
    """What an import did, for people and for ``--json``."""

    import_id: int
    owner: str | None
    dry_run: bool
    files: list[FileResult]
    rejects: list[tuple[str, str, str]] = field(default_factory=list)
    verdict: verdict.Verdict | None = None

    @property
    def unread(self) -> list[FileResult]:
        """Return the files that could not be read, or that nobody knows."""
        return [f for f in self.files if f.status in ("failed", "unrecognised")]

    def total(self, what: str) -> int:
        """Return the sum of one of the row counts over all files."""
        return sum(getattr(f, what) for f in self.files)


class _DryRunError(Exception):
    """Ends a transaction that must leave no trace."""


def import_paths(
    paths: Sequence[Path], database_path: Path, options: Options, progress: Progress
) -> Summary:
    """Read everything given into the database.

    Raises:
        UsageError: Nothing to import, or it is not clear whose exports these are.
        DatabaseError: The database cannot be used.
    """
    missing = [str(p) for p in paths if not p.exists()]
    if missing:
        raise UsageError(f"There is no {', '.join(missing)}: nothing was imported.")
    found = list(drop.walk(paths, limits_from(os.environ)))
    if not found:
        raise UsageError("There is no file in what was given: nothing to import.")
    progress.start(len(found))
    with _opened(database_path) as (con, folder):
        summary: Summary | None = None
        try:
            with database.transaction(con):
                database.migrate(con)
                summary = _run(con, folder, found, options, progress)
                if options.dry_run:
                    raise _DryRunError
        except _DryRunError:
            pass
        if summary is None:
            raise AssertionError("a run without a summary")
        return summary


@contextmanager
def _opened(path: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Open the database and a private folder; a database made in vain is taken away again."""
    is_new = not path.exists()
    con = database.connect(path)
    used = False
    try:
        with private.workspace(con, path) as folder:
            yield con, folder
            used = database.schema_version(con) > 0
    finally:
        con.close()
        if is_new and not used:
            path.unlink(missing_ok=True)
            path.with_name(path.name + ".wal").unlink(missing_ok=True)


def _run(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    found: list[drop.Found],
    options: Options,
    progress: Progress,
) -> Summary:
    unload.note_owners(con)
    owner_id, owner_changed = book.choose_owner(con, options.owner)
    region_changed = book.set_region(con, owner_id, options.region)
    known_names = book.self_names(con, owner_id)
    import_id = book.begin_import(con, owner_id, __version__)
    loading = Loading(con, keep_text=options.keep_text)
    known = book.earlier_readings(con, owner_id)
    run = Run(
        folder=folder,
        import_id=import_id,
        owner_id=owner_id,
        loading=loading,
        limits=limits_from(os.environ),
        known={**known},
        progress=progress,
        debug=options.debug,
        columns=options.columns,
    )
    results = read_all(con, run, found)
    if not any(r.status in ("loaded", "unchanged", "ignored") for r in results):
        raise UsageError(_nothing_read(results))
    if options.owner is None:
        _refuse_stranger(known_names, book.self_names(con, owner_id))
    is_other = owner_changed or region_changed or book.remembered(con, "recipe") != _recipe()
    is_news = any(r.status == "loaded" for r in results)
    if is_other or (is_news and not _brought_up_to_date(con, progress)):
        rebuild(con, import_id, progress)
    book.end_import(con, import_id)
    return Summary(
        import_id,
        book.owner_name(con, owner_id),
        options.dry_run,
        results,
        book.rejects_of(con, import_id),
        verdict.read(con, owner_id),
    )


def _brought_up_to_date(con: duckdb.DuckDBPyConnection, progress: Progress) -> bool:
    """Derive what this run can have changed, if that can be told apart from all the rest."""
    if book.remembered(con, "thresholds") != catalogue.thresholds(con):
        return False
    progress.step("Putting contacts together")
    changed = update.update(con, analyses.remember)
    if changed is None:
        return False
    progress.step("Measuring ties")
    analyses.update(con, changed)
    return True


def _nothing_read(results: list[FileResult]) -> str:
    lines = [f"  {r.path}: {r.message}" for r in results[:20]]
    return "Nothing to import: none of these files could be read.\n" + "\n".join(lines)


def _refuse_stranger(before: set[str], after: set[str]) -> None:
    """Refuse exports of somebody else, unless the user says whose they are."""
    fresh = after - before
    words = {word for name in before for word in name.split()}
    strange = [name for name in sorted(fresh) if not words & set(name.split())]
    if before and fresh and len(strange) == len(fresh):
        here = ", ".join(sorted(before)).title()
        there = ", ".join(strange).title()
        raise UsageError(
            f"These exports are of {there}; the database holds those of {here}. "
            f'Say --owner "{there}" to keep both in one database, or --owner "{here}" '
            "if that is the same person. Nothing was imported."
        )


def _recipe() -> str:
    """Name what the published tables are made by: a newer notworking rebuilds them."""
    return f"{__version__} {derive.fingerprint()} {catalogue.fingerprint()} {hints.fingerprint()}"


def rebuild(con: duckdb.DuckDBPyConnection, import_id: int, progress: Progress) -> None:
    """Derive everything published from what the files said and what the user decided."""
    progress.step("Putting contacts together")
    derive.derive_contacts(con, _point_parser(con))
    progress.step("Recognising people")
    asked = f"{__version__} {_resolver()} {derive.people_asked(con)}"
    if asked == book.remembered(con, "resolved"):
        derive.keep_people(con)
    else:
        _resolve(con)
        book.remember(con, "resolved", asked)
    derive.apply_people(con, import_id)
    hints.derive(con)
    progress.step("Measuring ties")
    catalogue.refresh(con)
    catalogue.publish(con)
    book.remember(con, "thresholds", catalogue.thresholds(con))
    book.remember(con, "recipe", _recipe())


def _resolve(con: duckdb.DuckDBPyConnection) -> None:
    # Heavy to import, and not needed where nothing changed.
    from notworking.resolve import resolve  # noqa: PLC0415

    found = resolve(
        derive.contacts_frame(con), derive.points_frame(con), derive.decisions_frame(con)
    )
    derive.take_people(con, found.clusters, found.matches)


def _resolver() -> str:
    """Return a digest of the rules by which people are recognised: others ask for a new look."""
    folder = files("notworking").joinpath("resolve")
    read = [e for e in (*folder.iterdir(), *folder.joinpath("data").iterdir()) if e.is_file()]
    texts = [e.read_bytes() for e in sorted(read, key=lambda e: e.name)]
    return hashlib.sha256(b"".join(texts)).hexdigest()


def _point_parser(
    con: duckdb.DuckDBPyConnection,
) -> Callable[[int, str, str, str | None], list[tuple[str, bool, bool]]]:
    from notworking.resolve.phones import guess_region, parse_phone  # noqa: PLC0415 (as above)
    from notworking.resolve.points import parse_point  # noqa: PLC0415

    stated = book.regions(con)
    countries: dict[int, list[str]] = {}
    for owner_id, raw in book.phone_texts(con):
        country = parse_phone(raw).country
        if country:
            countries.setdefault(owner_id, []).append(country)
    guessed = {owner: guess_region(found) for owner, found in countries.items()}

    def parse(
        owner_id: int, kind: str, raw: str, region: str | None
    ) -> list[tuple[str, bool, bool]]:
        if owner_id in stated:
            return parse_point(kind, raw, stated[owner_id], region_sure=True)
        return parse_point(kind, raw, region or guessed.get(owner_id), region_sure=False)

    return parse
