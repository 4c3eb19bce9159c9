"""``Invitations.csv``: invitations to connect, sent and received, of about the last six months.

Read are the layouts of 2018 to 2022 (names only), of July 2023 (member numbers) and since December
2023 (profile addresses). Those of December 2023 are all the same and point to nobody. A connection
without a row here was not necessarily made without an invitation.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, shorten
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._values import iso, moment, person_name, profile_key
from notworking.records import Event, Party, Record, Reject

_wanted = has("from", "to", "sentat", "direction")


def identify(path: str, head: bytes) -> bool:
    """Return whether this is a list of invitations."""
    return is_table(path, head, _wanted, "invitations")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an event for every invitation, turned to the other side."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _event(line)


def _event(line: Line) -> Event | Reject:
    direction = {"OUTGOING": "out", "INCOMING": "in"}.get(line.get("direction").upper())
    if direction is None:
        return Reject(
            line.place, "an invitation that says neither sent nor received", shorten(line.raw)
        )
    at = moment(line.get("sentat"))
    if at is None:
        return Reject(
            line.place, "the date of the invitation is missing or unreadable", shorten(line.raw)
        )
    side, column = ("invitee", "to") if direction == "out" else ("inviter", "from")
    party = Party(
        profile_key(line.get(f"{side}profileurl", f"{side}profileurn")),
        person_name(line.get(column)),
    )
    return Event(
        place=line.place,
        kind="invitation",
        key=f"{party.key or line.get(column)}|{iso(at)}|{direction}",
        party=party,
        direction=direction,
        at=at,
        text=line.get("message") or None,
    )


IMPORTER = Importer(
    name="linkedin.invitations",
    source="linkedin",
    files="Invitations.csv",
    yields="invitations to connect, with their notes",
    identify=identify,
    extract=extract,
)
