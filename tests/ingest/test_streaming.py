"""Files larger than memory: what is read block by block says the same as what is read at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest

from notworking.ingest import _calendar_entries, _json_stream, _repeats, importers, whatsapp
from notworking.ingest.importer import HEAD_SIZE, Content, Importer
from notworking.records import Events, Record, Reject

MakeContent = Callable[[bytes], Content]
STREAMED = ("calendar.", "telegram.", "whatsapp.", "x.")


class Case(Protocol):
    def files(self) -> list[tuple[str, bytes]]: ...


def rows(records: Iterator[Record]) -> list[Any]:
    """Return events one by one, however many frames they came in, and all else behind them."""
    found: list[Any] = []
    others: list[Any] = []
    for record in records:
        if isinstance(record, Events):
            found += record.frame.iter_rows(named=True)
        else:
            others.append(record)
    return [*found, *others]


def with_blocks(importer: Importer, file: Content, path: str, size: int) -> list[Any]:
    """Read a file in blocks of so many bytes, frames of so many rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_json_stream, "_BLOCK", size)
        patch.setattr(_calendar_entries, "_BLOCK", 8 * size)
        patch.setattr(whatsapp, "_HELD", size)
        patch.setattr(whatsapp, "_CHUNK", size)
        return rows(importer.extract(file, path))


def test_small_blocks_give_the_same_records(fixture_case: Case, content: MakeContent) -> None:
    for path, data in fixture_case.files():
        for importer in importers():
            if importer.name.startswith(STREAMED) and importer.identify(path, data[:HEAD_SIZE]):
                small, large = (with_blocks(importer, content(data), path, n) for n in (7, 1 << 20))
                assert small == large


def chat(*texts: str) -> bytes:
    return "".join(f"1/13/20, 10:0{n} - Ana: {text}\n" for n, text in enumerate(texts)).encode()


def test_a_message_without_end_is_cut_and_the_next_one_read(
    content: MakeContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notworking.ingest._whatsapp_lines.LONGEST", 200)
    data = chat("first", "x\n" + "y\n" * 500, "last")
    found = rows(whatsapp.extract(content(data), "WhatsApp Chat with Ana.txt"))
    texts = [row["text"] for row in found if isinstance(row, dict)]
    assert [texts[0], texts[2]] == ["first", "last"]
    assert texts[1].startswith("x\ny\ny")
    assert len(texts[1]) < 250
    (reject,) = (row for row in found if isinstance(row, Reject))
    assert (reject.place, reject.reason[:23]) == ("line 2", "longer than any message")


def test_equal_messages_of_one_minute_are_told_apart_across_blocks(
    content: MakeContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_repeats, "REMEMBERED", 2)
    data = b"".join(b"1/13/20, 10:00 - Ana: ok\n1/13/20, 10:00 - Bo: ok\n" for _ in range(3))
    found = rows(whatsapp.extract(content(data), "WhatsApp Chat with Ana.txt"))
    keys = [row["key"].partition("#") for row in found if isinstance(row, dict)]
    assert [number for _, _, number in keys] == ["", "", "2", "2", "3", "3"]


def test_an_attachment_inside_a_calendar_costs_nothing(content: MakeContent) -> None:
    folded = b"".join(b" QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\r\n" for _ in range(20_000))
    data = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20230102T100000Z\r\n"
        b"ATTACH;ENCODING=BASE64:QUJD\r\n"
        + folded
        + b"SUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (entry,) = _calendar_entries.entries(content(data))
    assert not isinstance(entry, Reject)
    assert (entry.text("UID"), entry.text("SUMMARY")) == ("1", "x")
    assert len(entry.all("ATTACH")[0].value) <= 100_000
