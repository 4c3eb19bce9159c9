"""``Company Follows.csv``: organisations the owner follows; names only, some of them twice."""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._values import moment
from notworking.records import Contact, Record, Reject

_wanted = has("organization", "followedon")


def identify(path: str, head: bytes) -> bool:
    """Return whether this is the list of organisations followed."""
    return is_table(path, head, _wanted, "companyfollows")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an organisation for every row."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _organisation(line)


def _organisation(line: Line) -> Contact | Reject:
    name = line.get("organization")
    if not name:
        return Reject(line.place, "an organisation without a name", shorten(line.raw))
    return Contact(
        place=line.place,
        relation="organisation",
        key=f"organisation:{name}",
        raw=to_json(line.cells),
        full_name=name,
        company=name,
        connected_at=moment(line.get("followedon")),
    )


IMPORTER = Importer(
    name="linkedin.company_follows",
    source="linkedin",
    files="Company Follows.csv",
    yields="organisations the owner follows",
    identify=identify,
    extract=extract,
)
