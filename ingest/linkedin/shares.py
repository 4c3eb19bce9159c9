"""``Shares.csv``: what the owner published.

Read are the layouts of 2018 (UTF-16, tabs), of 2021 and of 2024. Newlines inside a text are written
between quotes of their own, which is undone.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import has, lines_of
from notworking.ingest.importer import Content, Importer
from notworking.ingest.linkedin._activity import mend_newlines, own_event
from notworking.ingest.linkedin._files import is_table
from notworking.records import Record, Reject

_wanted = has("date", "sharelink", "sharecommentary")


def identify(path: str, head: bytes) -> bool:
    """Return whether these are the owner's posts."""
    return is_table(path, head, _wanted, "shares")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an event for every post."""
    for line in lines_of(content, _wanted):
        if isinstance(line, Reject):
            yield line
        else:
            text = mend_newlines(line.get("sharecommentary", "sharetitle"))
            yield own_event(line, "post", line.get("sharelink"), text)


IMPORTER = Importer(
    name="linkedin.shares",
    source="linkedin",
    files="Shares.csv",
    yields="the owner's posts",
    identify=identify,
    extract=extract,
)
