"""``Connections.csv``: everybody the owner is connected with, on the day of the export.

Read are the layouts since 2018 (with or without the notes above the header, with or without
profile addresses), the same saved again by a spreadsheet, tables of other tools with the same
columns, and the stand-alone exports of 2012 to 2017 in the columns of Outlook and Yahoo. Company
and position are those of today, not of the day the connection was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, content_key, full_name, shorten, to_json
from notworking.ingest.linkedin._files import file_key, is_table
from notworking.ingest.linkedin._values import moment, profile_key
from notworking.records import Contact, Notice, Point, Record, Reject

_GIVEN = ("firstname", "givenname", "vorname", "prénom", "nombre", "first")
_FAMILY = ("lastname", "surname", "familyname", "nachname", "nom", "apellidos", "last")
_FULL = ("fullname", "name")
_URL = ("url", "profileurl", "linkedinurl", "link")
_EMAIL = (
    "emailaddress",
    "email",
    "emailadresse",
    "adresseemail",
    "direccióndecorreoelectrónico",
    "email2address",
    "email3address",
)
_COMPANY = ("company", "organization", "unternehmen", "entreprise", "empresa")
_TITLE = ("position", "jobtitle", "poste", "cargo", "title")
_DATE = (
    "connectedon",
    "connectiondate",
    "dateconnected",
    "verbundenam",
    "datedeconnexion",
    "fechadeconexión",
)
_NOT_AN_ADDRESS = frozenset({"na", "n/a", "nil", "none", "null", "nan", "not available"})
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")

_outlook = has("firstname", "lastname", "emailaddress", "jobtitle", "webpage")
#: Of the stand-alone exports these have a header like any address book's: only the name tells.
_stand_alone = (
    has("firstname", "lastname", "emailaddress", "company", "jobtitle"),
    has("first", "last", "email", "company", "title"),
)


def is_connections(columns: tuple[str, ...]) -> bool:
    """Return whether a header is that of connections inside an archive, or like it."""
    names = set(columns)
    return bool(names & {*_GIVEN, *_FAMILY, *_FULL}) and bool(names & set(_DATE))


def identify(path: str, head: bytes) -> bool:
    """Return whether this is a list of connections."""
    if file_key(path).startswith("linkedinconnectionsexport"):
        return is_table(path, head, _wanted)
    return is_table(path, head, is_connections, "connections")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a contact for every connection; rows of closed accounts have no name."""
    undated = 0
    for line in lines_of(content, _wanted):
        made = line if isinstance(line, Reject) else _contact(line)
        yield made
        if isinstance(made, Contact) and isinstance(line, Line):
            undated += made.connected_at is None and bool(set(_DATE) & line.cells.keys())
    if undated:
        yield Notice(
            f"connections without a readable date: {undated}. Was the file saved again by another"
            " program? The one in the export has every date"
        )


def _wanted(columns: tuple[str, ...]) -> bool:
    if is_connections(columns) or _outlook(columns):
        return True
    return any(layout(columns) for layout in _stand_alone)


def _contact(line: Line) -> Contact | Reject:
    given, family = line.get(*_GIVEN), line.get(*_FAMILY)
    name = full_name(given, family) or line.get(*_FULL)
    if not name:
        return Reject(line.place, "connection without a name (closed account)", shorten(line.raw))
    connected_at = moment(line.get(*_DATE))
    emails = _emails(line)
    member = profile_key(line.get(*_URL)) or profile_key(line.get(*_EMAIL))
    url = member if member and member.startswith("https:") else None
    return Contact(
        place=line.place,
        relation="connection",
        key=member or (emails[0].lower() if emails else _key_without_address(name, connected_at)),
        raw=to_json(line.cells),
        full_name=name,
        given_name=given or None,
        family_name=family or None,
        company=line.get(*_COMPANY) or None,
        title=_title(line),
        profile_url=url,
        connected_at=connected_at,
        points=tuple(Point("email", email) for email in emails),
    )


def _emails(line: Line) -> list[str]:
    """Return the addresses; the column may hold a member number, or a spreadsheet's ``NA``."""
    written = (line.get(name) for name in _EMAIL)
    kept = [text for text in written if _ADDRESS.fullmatch(text)]
    return list(dict.fromkeys(text for text in kept if text.lower() not in _NOT_AN_ADDRESS))


def _title(line: Line) -> str | None:
    # In Outlook's columns ``Title`` is how to address somebody, and the job stands elsewhere.
    names = _TITLE[:-1] if "jobtitle" in line.cells else _TITLE
    return line.get(*names) or None


def _key_without_address(name: str, connected_at: datetime | None) -> str:
    day = connected_at.date().isoformat() if connected_at else ""
    return content_key(f"{name}|{day}")


IMPORTER = Importer(
    name="linkedin.connections",
    source="linkedin",
    files="Connections.csv",
    yields="connections, with company, position and the day they were made",
    identify=identify,
    extract=extract,
    complete=True,
)
