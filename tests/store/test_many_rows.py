"""Loading and deriving in bulk: short cuts that must not change what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking.reading import FileResult
from notworking.records import Contact, Event, Party, Record
from notworking.resolve.points import parse_point
from notworking.store import book, database, derive, hints, load

T0 = datetime(2024, 3, 4, 10, 0, 5, tzinfo=UTC)
URL = "https://www.linkedin.com/in"
OWNER = Party(f"{URL}/olive-owner", "Olive Owner")
MIRA = Party(f"{URL}/mira", "Mira Exämple")
JONAS = Party(f"{URL}/jonas", "Jonas Beispiel")


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("set TimeZone = 'UTC'")
        database.migrate(made)
        book.choose_owner(made, None)
        yield made


def run(
    con: duckdb.DuckDBPyConnection, *files: list[Record], keep_text: bool = True
) -> dict[int, tuple[int, int]]:
    """Load several files as one import; return met and new rows by the number of the file."""
    import_id = book.begin_import(con, 1, "test")
    first = book.next_file_id(con)
    loading = load.Loading(con, keep_text=keep_text)
    for number, records in enumerate(files, start=first):
        file = load.File(number, 1, "linkedin", "linkedin.x", None, Path, lambda _rows: None)
        loading.stage(file, records)
    counts = loading.merge()
    hints.take_new(con)
    numbers = range(first, first + len(files))
    book.write_files(con, import_id, [asdict(FileResult(n, str(n), "loaded")) for n in numbers])
    read = [book.ReadFile(n, 1, "linkedin.x", str(n), T0, False) for n in numbers]
    book.remember_files(con, read)
    return counts


def publish(con: duckdb.DuckDBPyConnection) -> None:
    derive.derive_contacts(
        con, lambda _o, kind, raw, region: parse_point(kind, raw, region, region_sure=False)
    )


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def message(key: str, text: str, sender: Party = MIRA, **kwargs: Any) -> Event:
    receivers = kwargs.pop("recipients", (OWNER,))
    return Event("line 2", "message", key, sender, None, receivers, "t1", None, T0, text, **kwargs)


def owner() -> Contact:
    return Contact("line 1", "self", "me", "{}", full_name="Olive Owner", profile_url=OWNER.key)


def test_an_event_of_two_files_is_stored_as_the_first_file_has_it(
    con: duckdb.DuckDBPyConnection,
) -> None:
    met = run(con, [message("a", "one  two"), message("b", "x")], [message("a", "one two")])
    assert met == {1: (2, 2), 2: (1, 0)}
    found = rows(con, "select text, words, file_id from raw.events order by text")
    assert found == [("one  two", 3, 1), ("x", 1, 1)]


def test_a_key_met_twice_in_one_file_is_one_event_the_earlier_one(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert run(con, [message("a", "first"), message("a", "second")]) == {1: (2, 1)}
    assert rows(con, "select text from raw.events") == [("first",)]


def test_only_new_events_of_a_later_import_are_added(con: duckdb.DuckDBPyConnection) -> None:
    run(con, [message("a", "one")])
    assert run(con, [message("a", "one"), message("b", "two")]) == {2: (2, 1)}
    found = rows(con, "select text, file_id from raw.events order by file_id")
    assert found == [("one", 1), ("two", 2)]


def test_without_text_words_and_their_digest_stay(con: duckdb.DuckDBPyConnection) -> None:
    run(con, [message("a", "Thanks, Olive!")], keep_text=False)
    (found,) = rows(
        con, "select text, words, text_hash = core.text_key('thanks olive') from raw.events"
    )
    assert found == (None, 2, True)


def test_hints_are_found_in_texts_that_are_not_kept(con: duckdb.DuckDBPyConnection) -> None:
    run(con, [message("a", "thank you so much for your help")], keep_text=False)
    assert rows(con, "select distinct kind from raw.hints where lang = 'en'") == [("thanks",)]


def test_somebody_named_twice_among_the_recipients_is_written_to_once(
    con: duckdb.DuckDBPyConnection,
) -> None:
    again = Party(MIRA.key, "mira  EXÄMPLE")
    run(con, [owner(), message("a", "hello", OWNER, recipients=(MIRA, again, JONAS))])
    publish(con)
    found = rows(
        con,
        "select p.name, i.direction, i.thread_size from core.interactions i"
        " join (select contact_id, min(name) as name from core.parties group by all) p"
        " using (contact_id) order by p.name",
    )
    assert found == [("Jonas Beispiel", "out", 4), ("Mira Exämple", "out", 4)]


def test_spellings_of_one_name_are_one_contact(con: duckdb.DuckDBPyConnection) -> None:
    composed, apart = Party(None, "Zoë Sample"), Party(None, "ZOE\u0308  sample")
    run(con, [owner(), message("a", "hi", composed), message("b", "hello", apart)])
    publish(con)
    found = rows(
        con, "select count(*), count(distinct contact_id) from core.interactions where words = 1"
    )
    assert found == [(2, 1)]


def test_a_conversation_has_one_number_and_another_conversation_has_another(
    con: duckdb.DuckDBPyConnection,
) -> None:
    other = Event("line 3", "message", "c", JONAS, None, (OWNER,), "t2", None, T0, "hi")
    alone = Event("line 4", "endorsement", "d", JONAS, "in", None, None, None, T0, "SQL")
    run(con, [owner(), message("a", "one"), message("b", "two"), other, alone])
    publish(con)
    found = rows(
        con,
        "select kind, count(*), count(distinct thread_id),"
        " bool_and(thread_id = core.stable_id('1|linkedin|' || thread))"
        " from core.interactions i join (select event_id, thread_key as thread from raw.events)"
        " using (event_id) group by kind, thread order by kind, count(*)",
    )
    assert found == [("endorsement", 1, 0, None), ("message", 1, 1, True), ("message", 2, 1, True)]
