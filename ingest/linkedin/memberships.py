"""``Organizations.csv`` and ``Volunteering.csv``: clubs and causes the owner belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._stages import stage
from notworking.records import Record, Reject

_organizations = has("name", "description", "position", "startedon")
_volunteering = has("companyname", "role", "cause")
_KEYS = ("organizations", "volunteering", "volunteerexperiences")


def _wanted(columns: tuple[str, ...]) -> bool:
    return _organizations(columns) or _volunteering(columns)


def identify(path: str, head: bytes) -> bool:
    """Return whether these are the owner's clubs or causes."""
    return is_table(path, head, _wanted, *_KEYS)


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a stage for every membership."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _stage(line)


def _stage(line: Line) -> Record:
    return stage(line, "membership", line.get("companyname", "name"), line.get("role", "position"))


IMPORTER = Importer(
    name="linkedin.memberships",
    source="linkedin",
    files="Organizations.csv, Volunteering.csv",
    yields="the owner's clubs and voluntary work",
    identify=identify,
    extract=extract,
)
