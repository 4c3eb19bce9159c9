"""Reading vCards given as text, for the tests of that importer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notworking.ingest.importer import Content
from notworking.ingest.vcard import extract
from notworking.records import Contact, Record

MakeContent = Callable[[bytes], Content]


@pytest.fixture(scope="session")
def read_cards(content: MakeContent) -> Callable[[str | bytes], list[Record]]:
    """Read a file given as text with ``~`` as line end, or as it is."""

    def run(file: str | bytes) -> list[Record]:
        data = file.replace("~", "\n").encode("utf-8") if isinstance(file, str) else file
        return list(extract(content(data), "contacts.vcf"))

    return run


@pytest.fixture(scope="session")
def one_card(read_cards: Callable[[str | bytes], list[Record]]) -> Callable[[str | bytes], Contact]:
    """Read the properties of a single card, framed here, and return the contact."""

    def run(body: str | bytes) -> Contact:
        raw = body.replace("~", "\n").encode("utf-8") if isinstance(body, str) else body
        records = read_cards(b"BEGIN:VCARD\n" + raw + b"\nEND:VCARD\n")
        contacts = [record for record in records if isinstance(record, Contact)]
        assert len(contacts) == 1
        return contacts[0]

    return run
