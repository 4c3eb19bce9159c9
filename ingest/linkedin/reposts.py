"""``InstantReposts.csv`` and ``Votes.csv``: posts the owner passed on, polls the owner voted in.

The same two columns, and for votes the option chosen; nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import exactly, has, lines_of
from notworking.ingest.importer import Content, Importer
from notworking.ingest.linkedin._activity import own_event
from notworking.ingest.linkedin._files import is_table
from notworking.records import Record, Reject

_reposts = exactly("date", "link")
_votes = has("date", "link", "optiontext")


def _wanted(columns: tuple[str, ...]) -> bool:
    return _reposts(columns) or _votes(columns)


def identify(path: str, head: bytes) -> bool:
    """Return whether these are reposts or votes."""
    return is_table(path, head, _wanted, "instantreposts", "votes")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an event for every repost or vote; the option chosen is the text."""
    for line in lines_of(content, _wanted):
        if isinstance(line, Reject):
            yield line
        else:
            option = line.get("optiontext")
            yield own_event(line, "post", line.get("link"), option, one_click=True)


IMPORTER = Importer(
    name="linkedin.reposts",
    source="linkedin",
    files="InstantReposts.csv, Votes.csv",
    yields="the owner's reposts and votes",
    identify=identify,
    extract=extract,
)
