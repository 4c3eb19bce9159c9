"""The address book that the owner once uploaded; these people are no connections.

Read are ``Imported Contacts.csv`` (2018), ``Contacts.csv`` (2020 to March 2024) and
``ImportedContacts.csv`` (since 2025). First names often hold a whole name, a nickname, a number or
an address; equal rows are common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, content_key, full_name, shorten, to_json
from notworking.ingest.linkedin._files import is_table
from notworking.ingest.linkedin._values import moment
from notworking.records import Contact, Point, Record, Reject

_layouts = (
    has("firstname", "lastname", "emails", "phonenumbers", "createdat", "nameprefix"),
    has("source", "firstname", "emails", "phonenumbers", "createdat"),
    has("firstname", "lastname", "companies", "phonenumbers", "createdat"),
)
_KEYS = ("importedcontacts",)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _wanted(columns: tuple[str, ...]) -> bool:
    return any(layout(columns) for layout in _layouts)


def identify(path: str, head: bytes) -> bool:
    """Return whether this is an uploaded address book."""
    return is_table(path, head, _wanted, *_KEYS)


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a contact for every entry with a name, an address or a number."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _contact(line)


def _contact(line: Line) -> Contact | Reject:
    emails = [one for one in _several(line.get("emails", "emailaddress")) if _is_email(one)]
    phones = _numbers(line.get("phonenumbers"))
    given, family = line.get("firstname"), line.get("lastname")
    name = line.get("fullname") or full_name(given, " ".join((line.get("middlename"), family)))
    if not (name or emails or phones):
        return Reject(line.place, "an entry without name, address or number", shorten(line.raw))
    return Contact(
        place=line.place,
        relation="address_book",
        key=_key(line, emails, phones),
        raw=to_json(line.cells),
        full_name=name,
        given_name=given or None,
        family_name=family or None,
        nickname=line.get("nickname") or None,
        company=line.get("companies") or None,
        title=line.get("title") or None,
        birthday=line.get("birthday") if _DATE.fullmatch(line.get("birthday")) else None,
        location=line.get("location") or None,
        as_of=moment(line.get("updatedat", "createdat")),
        points=_points(line, emails, phones),
    )


def _key(line: Line, emails: list[str], phones: list[str]) -> str:
    if emails:
        return emails[0].lower()
    if phones:
        return _digits(phones[0])
    # Times of the upload change from export to export; who is meant does not.
    return content_key(to_json([line.get("firstname"), line.get("lastname"), line.get("fullname")]))


def _points(line: Line, emails: list[str], phones: list[str]) -> tuple[Point, ...]:
    region = line.get("countrycode").upper()
    default = region if re.fullmatch("[A-Z]{2}", region) else None
    return (
        *(Point("email", email) for email in emails),
        *(Point("phone", phone, region=default) for phone in phones),
        *(Point("handle", handle) for handle in _several(line.get("instantmessagehandles"))),
        *(Point("url", site) for site in _several(line.get("sites"))),
        *(Point("address", one) for one in (line.get("addresses"),) if one),
    )


def _several(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(", ") if part.strip()))


def _numbers(text: str) -> list[str]:
    """Return each number once; the same one often stands formatted and bare."""
    found = {_digits(number): number for number in reversed(_several(text))}
    return [number for digits, number in reversed(found.items()) if digits]


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _is_email(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None


IMPORTER = Importer(
    name="linkedin.imported_contacts",
    source="linkedin",
    files="ImportedContacts.csv, Contacts.csv",
    yields="the address book that was uploaded to LinkedIn",
    identify=identify,
    extract=extract,
)
