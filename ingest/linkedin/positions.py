"""``Positions.csv``: where the owner worked. The histories of connections are in no export."""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import has, lines_of
from notworking.ingest.importer import Content, Importer
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._stages import stage
from notworking.records import Record, Reject

_wanted = has("companyname", "title", "startedon")


def identify(path: str, head: bytes) -> bool:
    """Return whether this is the owner's employment."""
    return is_table(path, head, _wanted, "positions")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a stage for every position."""
    for line in lines_of(content, _wanted):
        if isinstance(line, Reject):
            yield line
        else:
            yield stage(line, "position", line.get("companyname"), line.get("title"))


IMPORTER = Importer(
    name="linkedin.positions",
    source="linkedin",
    files="Positions.csv",
    yields="the owner's employers",
    identify=identify,
    extract=extract,
)
