"""``Events.csv``: meetings and conferences the owner signed up for; nobody else is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, shorten
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._values import iso, moment
from notworking.records import Record, Reject, Stage

_wanted = has("eventname", "eventtime", "status")


def identify(path: str, head: bytes) -> bool:
    """Return whether this is the list of events."""
    return is_table(path, head, _wanted)


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a stage of the owner's life for every event that was not called off."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _stage(line)


def _stage(line: Line) -> Stage | Reject:
    name = line.get("eventname")
    if not name:
        return Reject(line.place, "an event without a name", shorten(line.raw))
    if line.get("status").upper() in ("RELINQUISHED", "CANCELLED", "DECLINED"):
        return Reject(line.place, "an event the owner did not attend", shorten(line.raw))
    first, _, last = line.get("eventtime").partition(" - ")
    started, ended = _instant(first), _instant(last)
    return Stage(
        place=line.place,
        kind="event",
        organisation=name,
        started=iso(started) if started else None,
        ended=iso(ended) if ended else None,
    )


def _instant(text: str) -> datetime | None:
    # The file names no zone; unlike other times with AM and PM these are not known to be Pacific.
    return moment(f"{text} UTC")


IMPORTER = Importer(
    name="linkedin.events",
    source="linkedin",
    files="Events.csv",
    yields="events the owner attended",
    identify=identify,
    extract=extract,
)
