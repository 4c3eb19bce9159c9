"""What one file may take: size in memory, and time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from notworking.ingest.drop import FileContent
from notworking.ingest.limits import Bounded, LimitError, Limits, in_time
from notworking.records import Notice, Record


def test_a_file_above_the_limit_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "friends.json"
    path.write_bytes(b"[" + b" " * (1 << 20) + b"]")
    content = Bounded(FileContent(path), Limits(max_whole_mib=1))
    with pytest.raises(LimitError, match="NOTWORKING_MAX_WHOLE_MIB allows more"):
        content.read()
    with content.open() as stream:
        assert stream.read(2) == b"[ "


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "friends.json"
    path.write_bytes(b" " * (1 << 20))
    content = Bounded(FileContent(path), Limits(max_whole_mib=1))
    assert len(content.read()) == content.size == 1 << 20


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter((0.0, 1.0, 60.0, 60.5))
    monkeypatch.setattr("notworking.ingest.limits.time.monotonic", lambda: next(now))

    def endless() -> Iterator[Record]:
        while True:
            yield Notice("more")

    met = in_time(endless(), Limits(max_file_minutes=1))
    assert next(met) == next(met) == Notice("more")
    with pytest.raises(LimitError, match="takes longer than 1 minutes"):
        next(met)
