"""``Endorsement_Received_Info.csv`` and ``Endorsement_Given_Info.csv``: one row a person and skill.

Read are the layouts of 2021 (names), since July 2023 (profile addresses), and ``Endorsement
Received Info.csv`` of 2022 (UTF-16), which repeats the rows of its neighbour and adds withdrawn
ones: the key of an event does not depend on the layout, so that they are one.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, full_name, shorten
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._values import moment, person_name, profile_key
from notworking.records import Event, Party, Record, Reject

_received = has("endorsementdate", "skillname", "endorserfirstname")
_given = has("endorsementdate", "skillname", "endorseefirstname")


def _wanted(columns: tuple[str, ...]) -> bool:
    return _received(columns) or _given(columns)


def identify(path: str, head: bytes) -> bool:
    """Return whether these are endorsements."""
    return is_table(path, head, _wanted, "endorsementreceivedinfo", "endorsementgiveninfo")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an event for every endorsement that still stands."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _event(line)


def _event(line: Line) -> Event | Reject:
    if line.get("endorsementstatus").lower() == "redacted":
        return Reject(line.place, "endorsement withdrawn", shorten(line.raw))
    side = "endorsee" if "endorseefirstname" in line.cells else "endorser"
    direction = "out" if side == "endorsee" else "in"
    written = full_name(line.get(f"{side}firstname"), line.get(f"{side}lastname")) or ""
    name, key = person_name(written), profile_key(line.get(f"{side}publicurl"))
    skill, at = line.get("skillname"), moment(line.get("endorsementdate"))
    if at is None:
        return Reject(
            line.place, "the date of the endorsement is missing or unreadable", shorten(line.raw)
        )
    if not skill:
        return Reject(line.place, "an endorsement without a skill", shorten(line.raw))
    return Event(
        place=line.place,
        kind="endorsement",
        key=f"{name or key or ''}|{skill}|{at:%Y-%m-%dT%H:%M}Z|{direction}",
        party=Party(key, name),
        direction=direction,
        at=at,
        text=skill,
        one_click=True,
    )


IMPORTER = Importer(
    name="linkedin.endorsements",
    source="linkedin",
    files="Endorsement_Received_Info.csv, Endorsement_Given_Info.csv",
    yields="endorsements of single skills, given and received",
    identify=identify,
    extract=extract,
)
