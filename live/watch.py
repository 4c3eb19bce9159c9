"""Watching a folder: what arrives complete is imported, once.

What was read is known from the database itself, by the digests of contents, so that neither a
restart nor a kill imports anything twice. Between two imports the database is not held, and other
commands can use it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from notworking import __version__, narration, pipeline
from notworking.errors import LockedError, UsageError
from notworking.ingest import drop
from notworking.live import owners
from notworking.live.arrivals import Arrivals
from notworking.queries import query
from notworking.store import database

if TYPE_CHECKING:
    from notworking.reading import Progress

#: Milliseconds after which the folder is looked at even if the system reports nothing.
_LOOK_EVERY = 1000
#: Milliseconds within which reports of the system are gathered.
_GATHER = 200


@dataclass(frozen=True, slots=True)
class Watch:
    """What to watch and how.

    Attributes:
        steady: Seconds for which a file must stand still.
        once: End when nothing is left that could become ready by itself.
    """

    folder: Path
    database: Path
    options: pipeline.Options
    steady: float = 5.0
    once: bool = False


def run(watch: Watch, progress: Progress, tell: Callable[[str], None]) -> None:
    """Import what arrives until the user stops it.

    Raises:
        UsageError: There is no such folder.
        DatabaseError: The database cannot be used, for another reason than being in use.
    """
    if not watch.folder.is_dir():
        raise UsageError(f"There is no folder {watch.folder} to watch.")
    arrivals = Arrivals(watch.folder, watch.steady)
    tell(f"Watching {watch.folder} for {watch.database}. Stop with Ctrl-C.")
    is_held = False
    for _ in _ticks(watch):
        ready, said = arrivals.look(time.monotonic())
        for sentence in said:
            tell(sentence)
        try:
            for sentence in take(watch, ready, progress):
                tell(sentence)
        except LockedError as error:
            if not is_held:
                tell(f"{error} What arrived waits until then.")
            is_held = True
            continue
        is_held = False
        for entry in ready:
            arrivals.handled(entry)
        if watch.once and not arrivals.is_waiting:
            return


def _ticks(watch: Watch) -> Iterator[None]:
    """Yield whenever the folder changed, and every second."""
    import watchfiles  # noqa: PLC0415 (a binary library that no other command needs)

    yield
    for _ in watchfiles.watch(
        watch.folder,
        watch_filter=None,
        debounce=_GATHER,
        rust_timeout=_LOOK_EVERY,
        yield_on_timeout=True,
    ):
        yield


def take(watch: Watch, ready: list[Path], progress: Progress) -> Iterator[str]:
    """Import the entries that hold something new; yield what was done.

    Raises:
        LockedError: Another program holds the database.
    """
    fresh = [entry for entry in ready if not _is_known(watch, entry)]
    if not fresh:
        return
    try:
        yield from _import(watch, fresh, progress)
    except UsageError as error:
        if len(fresh) == 1:
            yield f"{fresh[0].name}: {error}"
            return
        # One export of somebody else must not keep the others out.
        for entry in fresh:
            yield from take(watch, [entry], progress)


def _import(watch: Watch, entries: list[Path], progress: Progress) -> Iterator[str]:
    done = pipeline.import_paths(entries, watch.database, watch.options, progress)
    yield f"Read {', '.join(entry.name for entry in entries)}."
    yield from narration.summary(done)


def _is_known(watch: Watch, entry: Path) -> bool:
    """Return whether an import of this owner met every content of an entry."""
    if not watch.database.exists():
        return False
    digests, paths = _known(watch)
    for found in drop.walk([entry]):
        digest = _digest(found)
        if digest not in digests and (digest is not None or found.shown not in paths):
            return False
    return True


def _digest(found: drop.Found) -> str | None:
    """Return the digest of a content; None if it cannot be read."""
    if found.content is None:
        return None
    try:
        return drop.digest_and_head(found.content)[0]
    except drop.UNREADABLE:
        return None


def _known(watch: Watch) -> tuple[set[str], set[str]]:
    con = database.connect(watch.database, read_only=True)
    try:
        # A first import that was killed leaves a file with nothing in it.
        if database.schema_version(con) == 0:
            return set(), set()
        owner_id = owners.chosen(con, watch.options.owner)
        values = {"owner": owner_id, "version": __version__}
        rows = con.execute(query("known_files"), values).fetchall()
    except UsageError:
        # An owner of whom nothing was read so far.
        return set(), set()
    finally:
        con.close()
    return {sha for sha, _ in rows if sha}, {path for sha, path in rows if not sha}
