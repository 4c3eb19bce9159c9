"""Damaged files: whatever bytes come, an importer ends, never raises, and yields storable records.

One property serves every importer: cut a piece out of a fixture, put other bytes in its place,
identify, extract. The slow tests read 200,000 more inputs, and look for rows that are lost without
a word; ``NOTWORKING_FUZZ=1000000 pytest -m slow tests/ingest/test_mutations.py`` digs deeper.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from types import FrameType
from typing import Protocol

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from notworking.benchmarks import fuzz
from notworking.ingest import ignored, importers
from notworking.ingest.importer import HEAD_SIZE, Content, Importer
from notworking.records import Contact, Event, Events, Record, Reject, Table

#: Seconds within which a damaged fixture must be read; the sound ones take milliseconds.
TIME_LIMIT = 10
#: Inputs of the slow tests, all together, and the runs they are divided into.
DEEP = int(os.environ.get("NOTWORKING_FUZZ", "200000"))
RUNS = 8

#: Bytes that formats give a meaning to: random ones seldom hit a quote or a brace.
MARKS = b"\"'{}[],:;=\\\n\r\t \x00\xff\xfe\xc3\xa9<>"

MakeContent = Callable[[bytes], Content]
FixtureFiles = list[tuple[str, bytes]]


class Case(Protocol):
    def files(self) -> FixtureFiles: ...


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to which file. Numbers are taken modulo what there is to choose from."""

    file: int
    start: int
    length: int
    piece: bytes

    def apply(self, files: FixtureFiles) -> tuple[str, bytes]:
        """Return path and damaged content."""
        path, original = files[self.file % len(files)]
        start = self.start % (len(original) + 1)
        end = start + self.length % (len(original) - start + 1)
        return path, original[:start] + self.piece + original[end:]


def damages() -> st.SearchStrategy[Damage]:
    anywhere = st.integers(0, 1 << 24)
    marks = st.lists(st.sampled_from(MARKS), max_size=12).map(bytes)
    piece = st.one_of(st.binary(max_size=40), marks)
    return st.builds(Damage, anywhere, anywhere, st.one_of(st.integers(0, 40), anywhere), piece)


@contextmanager
def time_limit(path: str) -> Iterator[None]:
    """Fail after ``TIME_LIMIT`` seconds, where the system has such a signal."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"{path}: still reading after {TIME_LIMIT} s")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(TIME_LIMIT)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def texts_of(record: Record) -> Iterator[str]:
    points = record.points if isinstance(record, Contact) else ()
    for holder in (record, *points):
        for name in type(holder).__match_args__:
            value = getattr(holder, name)
            if isinstance(value, str):
                yield value


def assert_storable(record: Record) -> None:
    """Check that a record is of a known type and holds only text that UTF-8 can carry."""
    assert isinstance(record, Record)
    if not isinstance(record, Events):
        for text in texts_of(record):
            text.encode("utf-8")


def read_damaged(damage: Damage, files: FixtureFiles, content: MakeContent) -> None:
    if not files:
        pytest.skip("no fixture yet")
    path, damaged = damage.apply(files)
    note(path)
    with time_limit(path):
        for kind in ignored():
            kind.identify(path, damaged[:HEAD_SIZE])
        for importer in importers():
            if importer.identify(path, damaged[:HEAD_SIZE]):
                for record in importer.extract(content(damaged), path):
                    assert_storable(record)


NO_DEADLINE = settings(
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(NO_DEADLINE, max_examples=300)
@given(damage=damages())
def test_damaged_files_are_read_without_raising(
    damage: Damage, fixture_files: FixtureFiles, content: MakeContent
) -> None:
    read_damaged(damage, fixture_files, content)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, RUNS + 1))
def test_many_damaged_files_are_read_without_raising_hanging_or_losing_rows(seed: int) -> None:
    tally = fuzz.run(DEEP // RUNS, seed)
    assert tally.inputs["all"] == DEEP // RUNS
    assert tally.faults == []


def test_a_reader_that_loses_rows_is_noticed() -> None:
    rows = frozenset(f"line {number}" for number in range(9))
    whole = fuzz.Said(rows, frozenset({"no zone"}))
    few = fuzz.Said(frozenset(sorted(rows)[:5]), frozenset({"no zone"}))
    assert whole.lost_in_silence(few) == 2
    assert whole.lost_in_silence(replace(few, complaints=frozenset({"line 7: damaged"}))) == 0


def test_a_reader_that_raises_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(_content: Content, _path: str) -> Iterator[Record]:
        raise ValueError("planted")
        yield

    names = [
        replace(one, extract=raising) if one.name == "x.tweets" else one for one in importers()
    ]
    monkeypatch.setattr(fuzz, "samples", partial(sound_samples, fuzz.samples("x.tweets")))
    monkeypatch.setattr(fuzz, "importers", lambda: tuple(names))
    tally = fuzz.run(40, seed=1)
    assert tally.faults
    assert "planted" in tally.faults[0]


def sound_samples(found: dict[str, list[fuzz.Sample]], _only: str) -> dict[str, list[fuzz.Sample]]:
    return found


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7])
def test_tiny_files_are_read_without_raising(
    size: int, fixture_case: Case, content: MakeContent
) -> None:
    for path, original in fixture_case.files():
        for importer in importers():
            if importer.identify(path, original[:size]):
                for record in importer.extract(content(original[:size]), path):
                    assert_storable(record)


@pytest.fixture(scope="module")
def tables(fixture_files: FixtureFiles, content: MakeContent) -> list[tuple[Importer, Table]]:
    return [
        (importer, record)
        for path, original in fixture_files
        for importer in importers()
        if importer.mend is not None and importer.identify(path, original[:HEAD_SIZE])
        for record in importer.extract(content(original), path)
        if isinstance(record, Table)
    ]


@settings(NO_DEADLINE, max_examples=100)
@given(choice=st.integers(0, 1000), cells=st.lists(st.text(max_size=30), max_size=20))
def test_rows_that_the_engine_refuses_become_an_event_or_a_reject(
    choice: int, cells: list[str], tables: list[tuple[Importer, Table]]
) -> None:
    if not tables:
        pytest.skip("no importer yields a table")
    importer, table = tables[choice % len(tables)]
    assert importer.mend is not None
    record = importer.mend(table.columns, cells, "line 7")
    assert isinstance(record, Event | Reject)
    assert record.place == "line 7"
    assert_storable(record)
