"""Thunderbird address books as CSV. A birthday stands in three columns, each row ends in a comma.

The book of ``Collected Addresses`` is known by its name: the program filled it, not the owner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notworking.ingest.contacts._known import known_export
from notworking.ingest.contacts._reading import read_table
from notworking.ingest.importer import Content, Importer
from notworking.records import Record

_RULES: Mapping[str, str] = {
    "Home Address": "street:home",
    "Home Address 2": "street:home",
    "Work Address": "street:work",
    "Work Address 2": "street:work",
    "Screen Name": "handle:im",
}


def identify(path: str, head: bytes) -> bool:
    """Return whether this is an address book of Thunderbird."""
    return known_export(path, head) == "thunderbird"


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a contact for every row."""
    return read_table(content, path, _RULES)


IMPORTER = Importer(
    name="csv.thunderbird",
    source="csv",
    files="Personal Address Book.csv, Collected Addresses.csv",
    yields="cards of a Thunderbird address book",
    identify=identify,
    extract=extract,
)
