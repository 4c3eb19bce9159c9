"""``Education.csv``: the owner's schools."""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import has, lines_of
from notworking.ingest.importer import Content, Importer
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._stages import stage
from notworking.records import Record, Reject

_wanted = has("schoolname", "degreename")


def identify(path: str, head: bytes) -> bool:
    """Return whether this is the owner's education."""
    return is_table(path, head, _wanted, "education")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a stage for every school."""
    for line in lines_of(content, _wanted):
        if isinstance(line, Reject):
            yield line
        else:
            yield stage(line, "education", line.get("schoolname"), line.get("degreename"))


IMPORTER = Importer(
    name="linkedin.education",
    source="linkedin",
    files="Education.csv",
    yields="the owner's schools",
    identify=identify,
    extract=extract,
)
