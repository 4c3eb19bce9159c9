"""Outlook contacts as CSV: the desktop program in nine languages, Outlook.com, and Google's form.

``Title`` is how to address somebody here, and the job is ``Job Title``. An address of the type EX
is a path inside an Exchange server; the mail address then stands in the display name. LinkedIn's
connections were once exported in these columns: a file of their name is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notworking.ingest.contacts._known import known_export
from notworking.ingest.contacts._reading import read_table
from notworking.ingest.importer import Content, Importer
from notworking.records import Contact, Notice, Record

#: Names that mean something else elsewhere, or that only Outlook's language gives a meaning.
_RULES: Mapping[str, str] = {
    "Title": "prefix",
    "Particular": "phone:home",
    "Account": "ignore",
    "Car Phone": "phone:car",
    "Other Phone": "phone:other",
    "Location": "location",
}
#: So many rows, and such a share of them, make a file look like LinkedIn's connections.
_ENOUGH, _NEARLY_ALL = 20, 0.9


def identify(path: str, head: bytes) -> bool:
    """Return whether this is a table of Outlook contacts."""
    return known_export(path, head) == "outlook"


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a contact for every row."""
    contacts = bare = 0
    for record in read_table(content, path, _RULES):
        if isinstance(record, Contact):
            contacts += 1
            bare += _is_bare(record)
        yield record
    if contacts >= _ENOUGH and bare > _NEARLY_ALL * contacts:
        yield Notice(
            "hardly a row has more than name, e-mail, company and job: if these are LinkedIn"
            " connections, name the file linkedin_connections_export_microsoft_outlook.csv and"
            " import it once more"
        )


def _is_bare(contact: Contact) -> bool:
    """Whether a row holds no more than LinkedIn's old export of connections did."""
    mail_only = all(point.kind == "email" for point in contact.points)
    return mail_only and not (contact.birthday or contact.note or contact.location)


IMPORTER = Importer(
    name="outlook.contacts",
    source="outlook",
    files="contacts.csv, outlook.csv",
    yields="cards of Outlook contacts",
    identify=identify,
    extract=extract,
)
