"""Any table of people: lists made by hand, CRM exports, backup apps, lists of attendees.

What the columns mean is guessed from their names and values, in many languages, and the guess is
told. A table is only taken if its header speaks of people and nobody else reads it. A table
without names, addresses and numbers is refused with the guess, so that the user can say what a
column is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from notworking.ingest import ignored, importers
from notworking.ingest.contacts._headers import meaning, normal
from notworking.ingest.contacts._known import is_table_name, known_export
from notworking.ingest.contacts._reading import read_table
from notworking.ingest.contacts._sheet import find_sheet, is_office_file
from notworking.ingest.contacts.columns import check_said
from notworking.ingest.importer import Content, Ignored, Importer, base_name
from notworking.records import Record

_NAMES = frozenset({"full_name", "given_name", "family_name"})
_PEOPLE = _NAMES | {
    *("email", "phone", "nickname", "maiden_name", "birthday", "company", "job_title", "handle"),
    *("relationship", "last_contacted"),
}
#: A table with one of these is about something else, unless it gives addresses or numbers.
_OTHER_TABLES = frozenset(
    {
        *("description", "amount", "price", "quantity", "sku", "balance", "currency", "product"),
        *("started on", "finished on", "start date", "end date", "transaction id", "order id"),
        *("iban", "version", "file name", "proficiency"),
    }
)
_OFFICE_NAME = re.compile(
    r"(?:contact|kontakt|adress|address|people|person|friend|crm|network|guest|attendee|teilnehmer"
    r"|visitenkarte|business.?card)[^/]*\.(?:xlsx|xls|xlsm|ods|csv|tsv)$"
)


def identify(path: str, head: bytes) -> bool:
    """Return whether this is a table of people that no other importer reads."""
    if is_office_file(head):
        found = _OFFICE_NAME.search(base_name(path)) is not None
    else:
        found = is_table_name(path) and known_export(path, head) is None and _of_people(head)
    return found and not _read_elsewhere(path, head)


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield a contact for every row, and what each column was taken for."""
    return extract_mapped(content, path, {})


def extract_mapped(content: Content, path: str, said: Mapping[str, str]) -> Iterator[Record]:
    """Do as ``extract``, with the user's word on columns: name to field.

    Raises:
        UsageError: A field does not exist.
    """
    return read_table(content, path, said, told=True)


def mapped(said: Mapping[str, str]) -> Importer:
    """Return this importer with the user's word on columns, for whatever file the user gives.

    Raises:
        UsageError: A field does not exist.
    """
    check_said(said)
    return replace(IMPORTER, extract=lambda content, path: extract_mapped(content, path, said))


def _of_people(head: bytes) -> bool:
    sheet = find_sheet(head)
    if sheet is None:
        return False
    fields = {told.field for told in map(meaning, map(normal, sheet.header)) if told is not None}
    if "email" in fields:
        return True
    if "phone" not in fields and not sheet.names.isdisjoint(_OTHER_TABLES):
        return False
    return bool(fields & (_NAMES | {"phone"})) and len(fields & _PEOPLE) > 1


def _read_elsewhere(path: str, head: bytes) -> bool:
    """Whether anybody else claims the file: this importer is the last resort."""
    others: list[Importer | Ignored] = [*importers(), *ignored()]
    return any(kind.identify(path, head) for kind in others if kind.name != IMPORTER.name)


IMPORTER = Importer(
    name="csv.people",
    source="csv",
    files="any .csv, .tsv or .txt table with columns of names, e-mail or phone",
    yields="contacts of a list of people",
    identify=identify,
    extract=extract,
)
