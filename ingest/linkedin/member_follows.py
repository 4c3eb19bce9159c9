"""``Member_Follows.csv``: people the owner follows, mostly public figures; names only.

Connections are followed as a matter of course, and not all of them are listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._values import moment, person_name
from notworking.records import Contact, Record, Reject

_wanted = has("date", "status", "fullname")


def identify(path: str, head: bytes) -> bool:
    """Return whether this is the list of people followed."""
    return is_table(path, head, _wanted, "memberfollows")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a contact for everybody who is still followed."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _contact(line)


def _contact(line: Line) -> Contact | Reject:
    name = person_name(line.get("fullname"))
    if name is None:
        return Reject(line.place, "somebody followed, without a name", shorten(line.raw))
    if line.get("status").lower().startswith("unfollow"):
        return Reject(line.place, "no longer followed", shorten(line.raw))
    return Contact(
        place=line.place,
        relation="following",
        key=f"follow:{name}",
        raw=to_json(line.cells),
        full_name=name,
        connected_at=moment(line.get("date")),
    )


IMPORTER = Importer(
    name="linkedin.member_follows",
    source="linkedin",
    files="Member_Follows.csv",
    yields="people the owner follows",
    identify=identify,
    extract=extract,
)
