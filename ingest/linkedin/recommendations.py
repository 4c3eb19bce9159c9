"""``Recommendations_Received.csv`` and ``Recommendations_Given.csv``: texts people wrote.

Both have the same header; only the file's name says which is which. The other side is a name; no
address is in the file. Company and job title of the other side are not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, content_key, full_name, shorten
from notworking.ingest.linkedin._files import file_key, is_table
from notworking.ingest.linkedin._values import iso, moment, person_name
from notworking.records import Event, Party, Record, Reject

_since_2018 = has("firstname", "lastname", "text", "creationdate", "status")
_described = has("firstname", "lastname", "body", "createddate")


def _wanted(columns: tuple[str, ...]) -> bool:
    return _since_2018(columns) or _described(columns)


def identify(path: str, head: bytes) -> bool:
    """Return whether these are recommendations."""
    return is_table(path, head, _wanted, "recommendationsreceived", "recommendationsgiven")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an event for every recommendation, if the file's name tells the direction."""
    direction = _direction(file_key(path))
    if direction is None:
        yield Reject(
            "file",
            "recommendations given or received? Name the file Recommendations_Given.csv or"
            " Recommendations_Received.csv",
        )
        return
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _event(line, direction)


def _direction(key: str) -> str | None:
    given, received = "given" in key, "received" in key
    if given == received:
        return None
    return "out" if given else "in"


def _event(line: Line, direction: str) -> Event | Reject:
    name = person_name(full_name(line.get("firstname"), line.get("lastname")) or "")
    text = line.get("text", "body")
    if name is None and not text:
        return Reject(line.place, "a recommendation with neither name nor text", shorten(line.raw))
    written = line.get("creationdate", "createddate")
    at = moment(written)
    if written and at is None:
        return Reject(line.place, "the date of the recommendation is unreadable", shorten(line.raw))
    return Event(
        place=line.place,
        kind="recommendation",
        key=f"{name or ''}|{iso(at) if at else content_key(text)}|{direction}",
        party=Party(None, name),
        direction=direction,
        at=at,
        text=text or None,
    )


IMPORTER = Importer(
    name="linkedin.recommendations",
    source="linkedin",
    files="Recommendations_Received.csv, Recommendations_Given.csv",
    yields="recommendations, given and received",
    identify=identify,
    extract=extract,
)
