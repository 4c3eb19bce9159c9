"""``Email Addresses.csv``: the owner's own addresses."""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.ingest.linkedin._files import is_table
from notworking.records import Contact, Point, Record, Reject

_wanted = has("emailaddress", "confirmed", "primary")


def identify(path: str, head: bytes) -> bool:
    """Return whether this is the list of the owner's addresses."""
    return is_table(path, head, _wanted, "emailaddresses")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield one entry of the owner for every address."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _owner(line)


def _owner(line: Line) -> Contact | Reject:
    address = line.get("emailaddress")
    if "@" not in address:
        return Reject(line.place, "no e-mail address in this row", shorten(line.raw))
    primary = line.get("primary").lower() == "yes"
    return Contact(
        place=line.place,
        relation="self",
        key=f"self:email_addresses:{address.lower()}",
        raw=to_json(line.cells),
        points=(Point("email", address, "primary" if primary else None),),
    )


IMPORTER = Importer(
    name="linkedin.email_addresses",
    source="linkedin",
    files="Email Addresses.csv",
    yields="the owner's e-mail addresses",
    identify=identify,
    extract=extract,
)
