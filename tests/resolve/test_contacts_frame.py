"""What the database tells the resolver of conversations: whose they are, and who is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from notworking.reading import FileResult
from notworking.records import Event, Party, Record, Thread
from notworking.store import book, database, derive, load

T0 = datetime(2024, 3, 4, 10, 0, 5, tzinfo=UTC)
OWNER = Party(None, "Olive Owner")
GREETING = "It was good to meet you in Bergen"


class Files:
    """A database in memory into which files of records are read."""

    def __init__(self) -> None:
        self.con = duckdb.connect()
        self.con.execute("set TimeZone = 'UTC'")
        database.migrate(self.con)
        book.choose_owner(self.con, "Olive Owner")
        self.number = 0

    def add(self, source: str, *records: Record, keep_text: bool = True) -> None:
        self.number += 1
        import_id = book.begin_import(self.con, 1, "test")
        loading = load.Loading(self.con, keep_text=keep_text)
        name = f"{source}.test"
        loading.stage(
            load.File(self.number, 1, source, name, None, Path, lambda _rows: None), records
        )
        loading.merge()
        done = FileResult(self.number, str(self.number), "loaded")
        book.write_files(self.con, import_id, [asdict(done)])
        read = book.ReadFile(self.number, 1, name, str(self.number), T0, complete=False)
        book.remember_files(self.con, [read])

    def contacts(self) -> dict[str, dict[str, Any]]:
        derive.derive_contacts(self.con, lambda _owner, _kind, _raw, _region: [])
        rows = derive.contacts_frame(self.con).iter_rows(named=True)
        return {row["full_name"]: row for row in rows}


@pytest.fixture
def files() -> Iterator[Files]:
    made = Files()
    yield made
    made.con.close()


def chat(
    thread: str, names: Iterable[str], text: str = "hello", *, later: int = 0, **flags: Any
) -> list[Record]:
    """Return a conversation in which everybody but the owner writes once."""
    people = [Party(None, name) for name in names]
    said: list[Record] = [Thread(thread, members=(OWNER, *people), **flags)]
    for person in people:
        at = T0 + timedelta(minutes=later)
        key = f"{thread}|{person.name}|{at.isoformat()}"
        said.append(Event("1", "message", key, person, thread_key=thread, at=at, text=text))
    return said


def test_a_conversation_of_two_is_told_under_both_names_it_was_exported_with(files: Files) -> None:
    files.add("facebook", *chat("10001", ["Tilda Marlow"]))
    files.add("messenger", *chat("10001", ["Tilda Quarmby"], later=5))
    files.add("facebook", *chat("10002", ["Wendel Hollow"]))
    found = files.contacts()
    assert len(found["Tilda Marlow"]["threads"]) == 1
    assert found["Tilda Marlow"]["threads"] == found["Tilda Quarmby"]["threads"]
    assert found["Wendel Hollow"]["threads"] is None
    assert [row["rooms"] for row in found.values()] == [None] * 3


def test_a_group_is_nobodys_own_conversation_and_tells_its_members_apart(files: Files) -> None:
    files.add("facebook", *chat("10003", ["Tilda Marlow", "Tilde Marlow"], flags=("group",)))
    files.add("facebook", *chat("10003", ["Tilda Quarmby"], later=5, flags=("group",)))
    found = files.contacts()
    assert [row["threads"] for row in found.values()] == [None] * 3
    assert found["Tilda Marlow"]["rooms"] == found["Tilde Marlow"]["rooms"] != []
    assert found["Tilda Quarmby"]["rooms"] is None


@pytest.mark.parametrize("keep_text", [True, False])
def test_the_same_first_message_on_two_platforms_is_seen(files: Files, keep_text: bool) -> None:
    files.add("facebook", *chat("1", ["Tilda Marlow"], GREETING), keep_text=keep_text)
    files.add("instagram", *chat("2", ["Tilly M"], f"{GREETING.upper()}!"), keep_text=keep_text)
    files.add("instagram", *chat("2", ["Tilly M"], "and something else now", later=9))
    files.add("facebook", *chat("3", ["Wendel Hollow"], "hello there"))
    found = files.contacts()
    assert found["Tilda Marlow"]["first_message"] == found["Tilly M"]["first_message"]
    assert found["Tilda Marlow"]["first_message"] is not None
    assert found["Wendel Hollow"]["first_message"] is None
    assert found["Tilly M"]["messages"] == 2


def test_on_one_platform_first_messages_are_not_compared(files: Files) -> None:
    files.add("facebook", *chat("1", ["Tilda Marlow"], GREETING), *chat("2", ["Ada Z"], GREETING))
    assert [row["first_message"] for row in files.contacts().values()] == [None, None]
