"""``PhoneNumbers.csv`` and ``Whatsapp Phone Numbers.csv``: the owner's own numbers.

Some rows of real files hold nothing but commas; those are no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from notworking.ingest._csv import Line, has, lines_of
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.ingest.linkedin._files import is_table
from notworking.records import Contact, Point, Record, Reject

_plain = has("extension", "number", "type")
_whatsapp = has("number", "extension", "iswhatsappnumber")


def _wanted(columns: tuple[str, ...]) -> bool:
    return _plain(columns) or _whatsapp(columns)


def identify(path: str, head: bytes) -> bool:
    """Return whether this is a list of the owner's numbers."""
    return is_table(path, head, _wanted, "phonenumbers", "whatsappphonenumbers")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield one entry of the owner for every number."""
    for line in lines_of(content, _wanted):
        yield line if isinstance(line, Reject) else _owner(line)


def _owner(line: Line) -> Contact | Reject:
    number = line.get("number")
    digits = re.sub(r"\D", "", number)
    if not digits:
        return Reject(line.place, "no phone number in this row", shorten(line.raw))
    whatsapp = line.get("iswhatsappnumber").lower() in ("yes", "true")
    return Contact(
        place=line.place,
        relation="self",
        key=f"self:{'whatsapp' if whatsapp else 'phone'}_numbers:{digits}",
        raw=to_json(line.cells),
        points=(Point("phone", number, "whatsapp" if whatsapp else line.get("type") or None),),
    )


IMPORTER = Importer(
    name="linkedin.phone_numbers",
    source="linkedin",
    files="PhoneNumbers.csv, Whatsapp Phone Numbers.csv",
    yields="the owner's phone numbers",
    identify=identify,
    extract=extract,
)
