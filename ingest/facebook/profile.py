"""The owner's own profile: who the export belongs to, family, partner, work and education.

Read: ``profile_information.json`` of every era. Former and other names of the owner become entries
of their own, because older conversations bear them. Family and partner are the strongest statements
of the whole export, but by name only. The times inside entries say when the owner typed them, not
when they began, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notworking.ingest._json import load
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import (
    container,
    fields,
    key_name,
    person,
    placed,
    records,
    text,
    when,
)
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.records import Contact, Point, Record, Reject, Stage

_MAILS = ("emails", "previous_emails", "pending_emails", "ad_account_emails")
_NO_YEAR = 4  # A leap year, so that 29 February counts as a day.


def _extract(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    inner, key = container(value, "profile")
    if isinstance(inner, dict):
        yield _owner(key, inner)
        yield from _other_names(key, inner)
        yield from _relatives(key, inner)
        yield from _stages(key, inner)
    elif value is not None:
        yield Reject("file", "no profile found under 'profile'", shorten(to_json(value)))
    if damage is not None:
        yield damage


def _owner(key: str, profile: dict[str, object]) -> Contact:
    name = profile.get("name")
    parts = fields(name)
    return Contact(
        place=key,
        relation="self",
        key="self:profile",
        raw=to_json(profile),
        full_name=text(parts.get("full_name")) or text(name),
        given_name=text(parts.get("first_name")),
        family_name=text(parts.get("last_name")),
        birthday=birthday(profile.get("birthday")),
        location=text(fields(profile.get("current_city")).get("name")),
        profile_url=text(profile.get("profile_uri")),
        points=tuple(dict.fromkeys(_points(profile))),
    )


def birthday(value: object) -> str | None:
    """Return ``{year, month, day}`` as ISO 8601, without the year where it is hidden."""
    parts = fields(value)
    year, month, day = (parts.get(part) for part in ("year", "month", "day"))
    if not isinstance(month, int) or not isinstance(day, int):
        return None
    known = isinstance(year, int) and year > 0
    try:
        found = date(year if isinstance(year, int) and known else _NO_YEAR, month, day)
    except (ValueError, OverflowError):
        return None
    return found.isoformat() if known else f"--{found:%m-%d}"


def _points(profile: dict[str, object]) -> Iterator[Point]:
    mails = fields(profile.get("emails"))
    for kind in _MAILS:
        found = mails.get(kind)
        for mail in found if isinstance(found, list) else []:
            address = text(mail)
            if address is not None and "@" in address:
                yield Point("email", address, None if kind == "emails" else kind.split("_")[0])
    for entry in records(profile.get("phone_numbers")):
        phone = text(fields(entry).get("phone_number"))
        if phone is not None:
            yield Point("phone", phone, text(fields(entry).get("phone_type")))
    for entry in records(profile.get("websites")):
        site = text(fields(entry).get("address"))
        if site is not None:
            yield Point("url", site)
    handle = text(profile.get("username"))
    if handle is not None:
        yield Point("handle", handle, "Facebook")


def _other_names(key: str, profile: dict[str, object]) -> Iterator[Record]:
    for group in ("previous_names", "other_names"):
        for place, entry in placed(profile.get(group), f"{key}.{group}"):
            name = person(fields(entry).get("name"))
            if name is not None:
                yield Contact(
                    place=place,
                    relation="self",
                    key=f"self:name:{key_name(name)}",
                    raw=to_json(entry),
                    full_name=name,
                )


def _relatives(key: str, profile: dict[str, object]) -> Iterator[Record]:
    for place, entry in placed(profile.get("family_members"), f"{key}.family_members"):
        own = fields(entry)
        yield from _relative(place, own.get("name"), text(own.get("relation")) or "Family", entry)
    bond = fields(profile.get("relationship"))
    if bond.get("partner") is not None:
        partner = bond["partner"]
        named = fields(partner).get("name") if isinstance(partner, dict) else partner
        note = text(bond.get("status")) or "Partner"
        yield from _relative(f"{key}.relationship", named, note, bond)
    at = f"{key}.previous_relationships"
    for place, entry in placed(profile.get("previous_relationships"), at):
        yield from _relative(place, fields(entry).get("name"), "Previous relationship", entry)


def _relative(place: str, name: object, note: str, entry: object) -> Iterator[Record]:
    known = person(name)
    if known is None:
        yield Reject(place, "relative without a name", shorten(to_json(entry)))
        return
    yield Contact(
        place=place,
        relation="correspondent",
        key=key_name(known),
        raw=to_json(entry),
        full_name=known,
        note=note,
    )


def _stages(key: str, profile: dict[str, object]) -> Iterator[Record]:
    kinds = (
        ("work_experiences", "employer", "title", "position"),
        ("education_experiences", "name", "degree", "education"),
    )
    for group, organisation, title, kind in kinds:
        for place, entry in placed(profile.get(group), f"{key}.{group}"):
            own = fields(entry)
            where = text(own.get(organisation))
            if where is None:
                yield Reject(place, f"{kind} without its place", shorten(to_json(entry)))
                continue
            yield Stage(
                place=place,
                kind=kind,
                organisation=where,
                title=text(own.get(title)),
                started=_day(own.get("start_timestamp")),
                ended=_day(own.get("end_timestamp")),
            )


def _day(value: object) -> str | None:
    at = when(value)
    return None if at is None else at.date().isoformat()


IMPORTER = Importer(
    name="facebook.profile",
    source="facebook",
    files="profile_information.json",
    yields="you, your family and partner, your work and education",
    identify=is_kind("profile"),
    extract=_extract,
)
