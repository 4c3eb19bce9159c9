"""What an importer yields: typed rows of what a file said, and rejects for what could not be read.

This module depends on nothing of ours. Records keep the source's spelling; cleaning a name or a
phone number belongs to ``resolve``, so that it can be improved without importing again. Repairing
the format itself (encoding, mojibake, preamble) belongs to the importer.

``Contact`` and ``Point`` are structs, because an address book makes them by the hundred thousand
and a struct costs a fifteenth of a frozen dataclass to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from datetime import date, datetime

    import polars as pl

#: Kinds of event that are an interaction between the owner and somebody.
INTERACTION_KINDS = frozenset(
    {
        "message",  # written to one or several people
        "call",  # answered or missed (``text`` is then "missed")
        "invitation",  # to connect; its note is the text
        "recommendation",  # written and published
        "endorsement",  # of one skill, one click; the skill is the text
        "reaction",  # a like and its siblings, one click
        "comment",  # on something the other person published
        "wall_post",  # written on the other's page
        "tag",  # named on a post or picture
        "poke",
        "meeting",  # a calendar event both attend
    }
)

#: Kinds that are kept as read but are no interaction: platform lines, advertising.
SILENT_KINDS = frozenset({"system", "sponsored"})

#: ``contacts.relation``, strongest claim first: where one contact is told of by several files,
#: the first of these wins.
RELATIONS = (
    "self",
    "connection",
    "friend",
    "card",
    "address_book",
    "following",
    "follower",
    "correspondent",
    "invited",
    "removed",
    "group",
    "organisation",
)

POINT_KINDS = ("email", "phone", "url", "handle", "address")


class Point(msgspec.Struct, frozen=True, gc=False):
    """One way to reach somebody, as written in the file.

    Attributes:
        kind: One of ``POINT_KINDS``.
        raw: The value as written.
        label: ``work``, ``mobile``, the service of a handle ... or None.
        region: ISO 3166 country the same record states (its address, its other numbers), as the
            default for a phone number without a country code; None where it states none.
    """

    kind: str
    raw: str
    label: str | None = None
    region: str | None = None


class Contact(msgspec.Struct, frozen=True):
    """One entry of one list: a connection, a friend, a card. ``relation="self"`` is the owner.

    Attributes:
        place: Line, JSON path or card number that a person can go to, e.g. ``line 12``.
        relation: One of ``RELATIONS``.
        key: The contract's ``source_key``: the same at every re-import of the same entry.
        full_name: The name as displayed; built from the parts where the source has only parts.
        birthday: ISO 8601, ``1980-04-12`` or ``--04-12``; None when unsure.
        location: Place as the source words it.
        connected_at: When the tie was made in the source; aware, UTC; midnight where only the
            day is known.
        as_of: When this entry was last true (the card's REV, the archive's own date). The newest
            version of an entry is the one shown. None: the date of the export.
        raw: The row as the source had it, as a JSON text.
    """

    place: str
    relation: str
    key: str
    raw: str
    full_name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    nickname: str | None = None
    company: str | None = None
    title: str | None = None
    birthday: str | None = None
    location: str | None = None
    profile_url: str | None = None
    connected_at: datetime | None = None
    note: str | None = None
    as_of: datetime | None = None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody an event names. Either part may be missing; with neither nobody is meant.

    Attributes:
        key: The identifier that would be this person's ``Contact.key`` in the same source
            (LinkedIn: the canonical profile URL; mail: the address); None where the file has only
            names (Facebook).
        name: The display name as written.
    """

    key: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event. Bulk files yield the same columns as one ``Events`` frame.

    Attributes:
        place: As in ``Contact``.
        kind: One of ``INTERACTION_KINDS`` or ``SILENT_KINDS``.
        key: Natural key inside the source: the same event read from an older, newer or larger
            export has the same key. An importer that sees the same key twice in one file and
            knows that both are real appends ``#2``, ``#3`` ...
        party: The sender when ``direction`` is None, else the counterpart.
        direction: ``in``, ``out`` or ``mutual`` where the file says it; None for a message, whose
            direction follows from who the owner is.
        recipients: Everybody but the sender, where the row itself says it; None: the members of
            the thread.
        thread_key: Conversation identifier inside the source; None where there is none.
        thread_size: All members, the owner included; None: counted from recipients or members.
        at: Aware, UTC. None only if the file has no date for it.
        one_click: A canned greeting, a like: visible, next to no weight.
    """

    place: str
    kind: str
    key: str
    party: Party
    direction: str | None = None
    recipients: tuple[Party, ...] | None = None
    thread_key: str | None = None
    thread_size: int | None = None
    at: datetime | None = None
    text: str | None = None
    one_click: bool = False


@dataclass(frozen=True, slots=True)
class Events:
    """Many events as one frame: the columns of ``frames.EVENT_SCHEMA``, in that order."""

    frame: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Table:
    """A bulk CSV that the database engine reads itself, much faster than any row loop.

    The importer has found encoding (UTF-8), header line and separator; ``select`` is the name of
    a .sql file beside the importer that turns the raw text columns (named as in ``columns``, plus
    ``place``) into the columns of ``EVENT_SCHEMA``. Rows the engine cannot read come back to
    ``importer.Importer.mend``.

    Attributes:
        skip: Physical lines before the first data row.
        delimiter: One character.
        columns: One name per column of the file, in file order, normalised and unique.
        package: Package that holds the .sql file, e.g. ``notworking.ingest.linkedin``.
        select: File name in that package.
    """

    skip: int
    delimiter: str
    columns: tuple[str, ...]
    package: str
    select: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation and who is in it. Not counted as a row.

    Attributes:
        key: As ``Event.thread_key``.
        members: Everybody the file lists, the owner included where it does.
        size: Number of members where the file says more than it lists.
        flags: Of ``group``, ``request`` (not accepted), ``filtered``, ``cutover`` (moved into
            encryption, later messages are elsewhere), ``marketplace``, ``left``, ``sponsored``,
            ``inmail``.
    """

    key: str
    title: str | None = None
    members: tuple[Party, ...] = ()
    size: int | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of somebody's work or education: the owner's, for overlaps with contacts.

    Attributes:
        kind: ``position``, ``education`` or ``membership``.
        started: First day known of it, at the precision the source has (``2018``, ``2018-05``).
        ended: Likewise; None: still running or unknown.
    """

    place: str
    kind: str
    organisation: str
    title: str | None = None
    started: str | None = None
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row, card or file that could not be read (or is, for a stated reason, nobody's).

    Attributes:
        place: Line, JSON path or card number; ``file`` for the whole file.
        reason: What is wrong with it, in words for people; names no personal data.
        raw: The row as it stood, shortened to 2,000 characters; may be empty.
        is_end: Nothing after it could be read, so the file does not tell what is missing in it.
    """

    place: str
    reason: str
    raw: str = ""
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about a file that was read: shown beside it."""

    message: str


@dataclass(frozen=True, slots=True)
class SnapshotDate:
    """The day on which the export was made, where the content itself says so."""

    at: date


Record = Contact | Event | Events | Table | Thread | Stage | Reject | Notice | SnapshotDate
