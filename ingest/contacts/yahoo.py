"""Yahoo contacts as CSV: ``Home``, ``Work`` and ``Mobile`` are phones, ``Title`` is the job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notworking.ingest.contacts._known import known_export
from notworking.ingest.contacts._reading import read_table
from notworking.ingest.importer import Content, Importer
from notworking.records import Record

_RULES: Mapping[str, str] = {
    "Title": "job_title",
    "Home": "phone:home",
    "Work": "phone:work",
    "Mobile": "phone:mobile",
    "Other": "phone:other",
    "Primary": "phone:main",
    "Fax": "phone:fax",
    "Yahoo! Phone": "phone",
    "Category": "groups",
    "Comments": "note",
    # Yahoo's "address" is the street, its other parts have columns of their own.
    "Work Address": "street:work",
    "Home Address": "street:home",
} | {f"Messenger ID{number}": "handle:im" for number in ("", 1, 2, 3, 4, 5, 6, 7, 8, 9)}


def identify(path: str, head: bytes) -> bool:
    """Return whether this is a table of Yahoo contacts."""
    return known_export(path, head) == "yahoo"


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a contact for every row."""
    return read_table(content, path, _RULES)


IMPORTER = Importer(
    name="csv.yahoo",
    source="csv",
    files="yahoo_contacts.csv",
    yields="cards of Yahoo contacts",
    identify=identify,
    extract=extract,
)
