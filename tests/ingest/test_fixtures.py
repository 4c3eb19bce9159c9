"""Every file under ``fixtures/SOURCE/CASE`` is read, and gives what its ``expected.jsonl`` says.

A new case is a folder with files named as in the export; ``pytest --update-golden`` writes the
expected records beside them. Read them with care: they are the test.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from notworking.frames import EVENT_SCHEMA
from notworking.ingest import ignored, importers
from notworking.ingest.importer import HEAD_SIZE, Content, Ignored, Importer
from notworking.records import RELATIONS, Contact, Event, Events, Party, Point, Record

#: A mismatch shows this many lines of difference.
DIFF_LIMIT = 60


class Case(Protocol):
    name: str

    @property
    def golden(self) -> Path: ...

    def files(self) -> list[tuple[str, bytes]]: ...


MakeContent = Callable[[bytes], Content]
FixtureFiles = list[tuple[str, bytes]]


def claims(path: str, data: bytes) -> list[Importer | Ignored]:
    head = data[:HEAD_SIZE]
    kinds: list[Importer | Ignored] = [*importers(), *ignored()]
    return [kind for kind in kinds if kind.identify(path, head)]


def owner_of(path: str, data: bytes) -> Importer | Ignored:
    found = claims(path, data)
    names = [kind.name for kind in found]
    assert len(found) == 1, f"{path} should have one reader, has {names or 'none'}"
    return found[0]


def is_empty(value: object) -> bool:
    return value is None or value is False or value in ("", (), [], {})


def shown(value: object) -> object:
    """Return a field's value in JSON terms, without the parts that say nothing."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Contact | Party | Point):
        return fields_of(value)
    if isinstance(value, dict):
        return {name: shown(part) for name, part in value.items() if not is_empty(part)}
    if isinstance(value, list | tuple):
        return [shown(part) for part in value]
    return value


def fields_of(record: Any) -> dict[str, object]:
    values = ((name, getattr(record, name)) for name in type(record).__match_args__)
    return {name: shown(value) for name, value in values if not is_empty(value)}


def rows_of(record: Record) -> Iterator[dict[str, object]]:
    """Show one record as one row; a frame of events as one row for each event."""
    if isinstance(record, Events):
        assert dict(record.frame.schema) == EVENT_SCHEMA
        for row in record.frame.iter_rows(named=True):
            yield {"type": "Event"} | {k: shown(v) for k, v in row.items() if not is_empty(v)}
        return
    shown_record: dict[str, object] = {"type": type(record).__name__} | fields_of(record)
    if isinstance(record, Contact):
        shown_record["raw"] = json.loads(record.raw)
    yield shown_record


def read_case(case: Case, content: MakeContent) -> Iterator[dict[str, object]]:
    for path, data in case.files():
        owner = owner_of(path, data)
        if isinstance(owner, Ignored):
            yield {"file": path, "ignored_as": owner.name}
            continue
        yield {"file": path, "read_by": owner.name}
        for record in owner.extract(content(data), path):
            yield from rows_of(record)


def test_every_fixture_gives_the_expected_records(
    fixture_case: Case, content: MakeContent, update_golden: bool
) -> None:
    rows = [json.dumps(row, ensure_ascii=False) for row in read_case(fixture_case, content)]
    if update_golden:
        text = "".join(row + "\n" for row in rows)
        fixture_case.golden.write_text(text, encoding="utf-8", newline="\n")
    assert fixture_case.golden.exists(), "no expected.jsonl: run pytest --update-golden, read it"
    expected = fixture_case.golden.read_text(encoding="utf-8").split("\n")[:-1]
    if rows != expected:
        diff = difflib.unified_diff(expected, rows, "expected", "read", lineterm="", n=0)
        pytest.fail("\n".join(list(diff)[:DIFF_LIMIT]), pytrace=False)


def test_extracting_twice_gives_the_same(fixture_case: Case, content: MakeContent) -> None:
    assert list(read_case(fixture_case, content)) == list(read_case(fixture_case, content))


def test_records_keep_to_the_published_words(fixture_case: Case, content: MakeContent) -> None:
    for path, data in fixture_case.files():
        owner = owner_of(path, data)
        if isinstance(owner, Ignored):
            continue
        for record in owner.extract(content(data), path):
            if isinstance(record, Contact):
                assert record.relation in RELATIONS
                assert record.key
                assert record.connected_at is None or record.connected_at.tzinfo is not None
                assert record.as_of is None or record.as_of.tzinfo is not None
            elif isinstance(record, Event):
                assert record.at is None or record.at.tzinfo is not None


@pytest.mark.parametrize("importer", importers(), ids=lambda importer: importer.name)
def test_every_importer_has_a_fixture(importer: Importer, fixture_files: FixtureFiles) -> None:
    assert any(importer.identify(path, data[:HEAD_SIZE]) for path, data in fixture_files), (
        f"no file under fixtures/ is read by {importer.name}"
    )


def test_names_of_importers_and_ignored_kinds_are_unique() -> None:
    kinds: list[Importer | Ignored] = [*importers(), *ignored()]
    names = [kind.name for kind in kinds]
    assert sorted(names) == sorted(set(names))
    for kind in kinds:
        assert kind.name.startswith(kind.source + "."), f"{kind.name}: the source comes first"
