"""``Registration.csv``: when the owner joined, and until 2018 who had invited them.

The address of the computer used stands in the file; it is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import Line, lines_of
from notworking.ingest.importer import Content, Importer, full_name, to_json
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._values import iso, moment, person_name
from notworking.records import Contact, Event, Party, Record, Reject


def _wanted(columns: tuple[str, ...]) -> bool:
    return bool({"registeredat", "registrationdate"} & set(columns))


def identify(path: str, head: bytes) -> bool:
    """Return whether this is the owner's registration."""
    return is_table(path, head, _wanted, "registration")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield the owner, and the invitation that brought them."""
    for line in lines_of(content, _wanted):
        if isinstance(line, Reject):
            yield line
        else:
            yield from _records(line)


def _records(line: Line) -> Iterator[Record]:
    at = moment(line.get("registeredat", "registrationdate"))
    if at is None:
        yield Reject(line.place, "the date of the registration is missing or unreadable")
        return
    kept = {name: cell for name, cell in line.cells.items() if not _is_address(name)}
    yield Contact(
        place=line.place,
        relation="self",
        key="self:registration",
        raw=to_json(kept),
        connected_at=at,
    )
    name = person_name(
        full_name(line.get("invitedbyfirstname"), line.get("invitedbylastname")) or ""
    )
    if name:
        yield Event(
            place=line.place,
            kind="invitation",
            key=f"{name}|{iso(at)}|in",
            party=Party(None, name),
            direction="in",
            at=at,
        )


def _is_address(column: str) -> bool:
    return column.startswith("registrationip")


IMPORTER = Importer(
    name="linkedin.registration",
    source="linkedin",
    files="Registration.csv",
    yields="the day the owner joined, and who had invited them",
    identify=identify,
    extract=extract,
)
