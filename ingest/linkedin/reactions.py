"""``Reactions.csv``: the owner's likes and their siblings; whose post it was is not in the file."""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import exactly, lines_of
from notworking.ingest.importer import Content, Importer
from notworking.ingest.linkedin._activity import own_event
from notworking.ingest.linkedin._files import is_table
from notworking.records import Record, Reject

_wanted = exactly("date", "type", "link")


def identify(path: str, head: bytes) -> bool:
    """Return whether these are reactions."""
    return is_table(path, head, _wanted, "reactions")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an event for every reaction; its kind is the text."""
    for line in lines_of(content, _wanted):
        if isinstance(line, Reject):
            yield line
        else:
            kind = line.get("type").lower()
            yield own_event(line, "reaction", line.get("link"), kind, one_click=True)


IMPORTER = Importer(
    name="linkedin.reactions",
    source="linkedin",
    files="Reactions.csv",
    yields="the owner's reactions, without the person they went to",
    identify=identify,
    extract=extract,
)
