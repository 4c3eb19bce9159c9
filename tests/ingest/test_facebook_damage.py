"""Every kind of JSON file: cut, empty or of another shape, it never passes in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notworking.ingest import importers
from notworking.ingest.importer import Content, Importer
from notworking.records import Notice, Reject, Thread

MakeContent = Callable[[bytes], Content]
JSON = [
    one
    for one in importers()
    if one.source in ("facebook", "messenger") and not one.name.split(".")[1].startswith("htm")
]


@pytest.mark.parametrize("importer", JSON, ids=lambda one: one.name)
@pytest.mark.parametrize("data", [b"[object Object]", b"", b"{", b"\xff\xfe\x00", b"[1, 2"])
def test_a_file_that_is_no_json_ends_in_rejects(
    importer: Importer, data: bytes, content: MakeContent
) -> None:
    records = list(importer.extract(content(data), "a/b.json"))
    assert records
    assert all(isinstance(record, Reject) for record in records)
    assert any("JSON" in r.reason or "empty" in r.reason for r in records if isinstance(r, Reject))


@pytest.mark.parametrize("importer", JSON, ids=lambda one: one.name)
@pytest.mark.parametrize("data", [b'{"unheard_of": {"a": 1}}', b'"text"', b"5", b"[5]", b"[[]]"])
def test_a_file_of_another_shape_ends_in_rejects(
    importer: Importer, data: bytes, content: MakeContent
) -> None:
    records = list(importer.extract(content(data), "a/b.json"))
    assert all(isinstance(record, Reject | Thread | Notice) for record in records)
    assert any(isinstance(record, Reject | Notice) for record in records)
