"""What ``notworking`` says without arguments: what lies in this folder, and what to type.

Reads the first bytes of files as an import would; changes nothing, imports nothing.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from notworking.ingest import drop
from notworking.ingest.importer import Importer
from notworking.output import printable

if TYPE_CHECKING:
    from notworking.ingest.drop import Found

#: Files looked at: somebody may type the command in a home folder.
LOOKED_AT = 4000
_PLACES = 3


@dataclass(slots=True)
class Seen:
    """What was found of one source: how many files, and in which files or folders here."""

    files: int = 0
    places: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Here:
    """What a folder holds.

    Attributes:
        sources: By source, what an import would read.
        looked: Files that were looked at.
        whole: Whether these were all there are.
        database: The database is there already.
    """

    sources: dict[str, Seen]
    looked: int
    whole: bool
    database: bool


def look(folder: Path, database: Path) -> Here:
    """Say what lies in a folder."""
    sources: dict[str, Seen] = {}
    looked = 0
    files = drop.walk([folder])
    for found in itertools.islice(files, LOOKED_AT):
        looked += 1
        if importer := _importer(found):
            seen = sources.setdefault(importer.source, Seen())
            seen.files += 1
            seen.places[_place(found.shown, folder)] += 1
    whole = next(files, None) is None
    return Here(dict(sorted(sources.items())), looked, whole, database.is_file())


def _importer(found: Found) -> Importer | None:
    if found.content is None:
        return None
    try:
        head = drop.read_head(found.content)
    except (OSError, ValueError):
        # An import names the file and the reason; here it is enough not to count it.
        return None
    owner = drop.owner_of(found.inner, head)
    return owner if isinstance(owner, Importer) else None


def _place(shown: str, folder: Path) -> str:
    """Return the file or folder right here that holds a file."""
    inside = shown.removeprefix(f"{folder.name}/")
    return inside.split("/", 1)[0]


def lines(here: Here, database: Path) -> Iterator[str]:
    """Yield what to tell."""
    if here.sources:
        yield "In this folder:"
        for source, seen in here.sources.items():
            places = [printable(place) for place, _ in seen.places.most_common(_PLACES)]
            more = len(seen.places) - len(places)
            also = f" and {more:,} more" if more else ""
            files = "file" if seen.files == 1 else "files"
            yield f"  {source}: {seen.files:,} {files} in {', '.join(places)}{also}"
        yield ""
        yield "  notworking import .          reads all of it (nothing leaves this machine)"
    else:
        yield "There is no export in this folder that notworking can read."
        yield ""
        yield "  notworking import PATH       reads files, folders and zips"
        yield "  notworking formats           lists what it can read"
    if not here.whole:
        yield f"  (looked at the first {here.looked:,} files only)"
    if here.database:
        yield ""
        yield f"{printable(str(database))} is here already:"
        yield "  notworking report --open     shows it as a page"
        yield "  notworking show ties --limit 20"
    yield ""
    yield "  notworking --help            lists every command"
