"""``Profile.csv``: the owner's own profile, one row; no profile address and no e-mail is in it.

Handles and websites stand as ``[SKYPE:name,...]`` since 2020, without brackets before. Headline and
industry are kept in the raw row only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, full_name, shorten, to_json
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._values import month
from notworking.records import Contact, Point, Record, Reject

_wanted = has("firstname", "lastname", "headline")
_BIRTHDAY = re.compile(r"([^\W\d]{3,12})\.? (\d\d?)(?:, ?(\d{4}))?")
_LABELLED = re.compile(r"([A-Z_]+):(.+)", re.DOTALL)


def identify(path: str, head: bytes) -> bool:
    """Return whether this is the owner's profile."""
    return is_table(path, head, _wanted, "profile")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield the owner."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _owner(line)


def _owner(line: Line) -> Contact | Reject:
    given, family = line.get("firstname"), line.get("lastname")
    if not (given or family):
        return Reject(line.place, "a profile without a name", shorten(line.raw))
    return Contact(
        place=line.place,
        relation="self",
        key="self:profile",
        raw=to_json(line.cells),
        full_name=full_name(given, family),
        given_name=given or None,
        family_name=family or None,
        title=line.get("headline") or None,
        birthday=birthday(line.get("birthdate")),
        location=line.get("geolocation", "country") or None,
        points=_points(line),
    )


def birthday(text: str) -> str | None:
    """Return ``Mar 7`` as ``--03-07`` and ``Feb 17, 1998`` as ``1998-02-17``; None if neither."""
    found = _BIRTHDAY.fullmatch(text.strip())
    number = month(found[1]) if found else None
    if found is None or number is None:
        return None
    try:
        # A leap year admits every day that exists.
        day = date(int(found[3] or 2000), number, int(found[2]))
    except ValueError:
        return None
    return day.isoformat() if found[3] else f"--{day:%m-%d}"


def _points(line: Line) -> tuple[Point, ...]:
    points = [Point("handle", name, "twitter") for name in _listed(line.get("twitterhandles"))]
    for written in _listed(line.get("websites")):
        label, value = _labelled(written)
        points.append(Point("url", value, label))
    for written in _listed(line.get("instantmessengers")):
        label, value = _labelled(written)
        points.append(Point("handle", value, label))
    if line.get("address"):
        points.append(Point("address", line.get("address")))
    return tuple(points)


def _listed(text: str) -> list[str]:
    inner = text.removeprefix("[").removesuffix("]")
    return [part.strip() for part in inner.split(",") if part.strip()]


def _labelled(text: str) -> tuple[str | None, str]:
    found = _LABELLED.fullmatch(text)
    return (found[1].lower(), found[2].strip()) if found else (None, text)


IMPORTER = Importer(
    name="linkedin.profile",
    source="linkedin",
    files="Profile.csv",
    yields="the owner: name, birthday, handles",
    identify=identify,
    extract=extract,
)
