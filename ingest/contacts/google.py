"""Google Contacts as CSV: the header until 2024, and the one since.

Read are files of the web page, of Takeout (one for every label, with the same people in several)
and of tools that write the same columns, in UTF-8 or UTF-16. Addresses that Google collected from
mail are contacts with the flag ``auto_collected``: being there says nothing, and their names are
often made up. The "Outlook CSV" that Google offers is read by ``outlook``.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest.contacts._known import known_export
from notworking.ingest.contacts._reading import read_table
from notworking.ingest.importer import Content, Importer
from notworking.records import Record


def identify(path: str, head: bytes) -> bool:
    """Return whether this is a table of Google Contacts."""
    return known_export(path, head) == "google"


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a contact for every row."""
    return read_table(content, path, {})


IMPORTER = Importer(
    name="google.contacts",
    source="google",
    files="contacts.csv, <label>.csv of Takeout",
    yields="cards of Google Contacts, with their labels",
    identify=identify,
    extract=extract,
)
