"""Reading vCards given as text, and what the tests of round trips share."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from notworking.ingest.drop import owner_of
from notworking.ingest.importer import HEAD_SIZE, Content, Importer
from notworking.ingest.vcard import extract
from notworking.records import Contact, Record, Reject

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


@pytest.fixture(scope="session")
def read_back(content: MakeContent) -> Callable[[bytes, str, str], list[Record]]:
    """Read a sound file by whoever claims it, who must be the named importer."""

    def run(data: bytes, path: str, importer: str) -> list[Record]:
        owner = owner_of(path, data[:HEAD_SIZE])
        assert isinstance(owner, Importer)
        assert owner.name == importer
        found = list(owner.extract(content(data), path))
        assert [record for record in found if isinstance(record, Reject)] == []
        return found

    return run


def _as_meta_writes(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [_as_meta_writes(item) for item in value]
    if isinstance(value, dict):
        return {_as_meta_writes(key): _as_meta_writes(item) for key, item in value.items()}
    return value


@pytest.fixture(scope="session")
def meta_json() -> Callable[[Any, tuple[bool, int | None, bool]], bytes]:
    """Write JSON as Meta does, each byte of UTF-8 as a character of its own, or as it should be.

    The pen says: whether so, with how much indentation, and whether after a byte order mark.
    """

    def write(value: Any, pen: tuple[bool, int | None, bool]) -> bytes:
        damaged, indent, mark = pen
        shown = _as_meta_writes(value) if damaged else value
        text = json.dumps(shown, indent=indent, ensure_ascii=damaged)
        return (b"\xef\xbb\xbf" if mark else b"") + text.encode()

    return write
