"""Messages that the engine reads and the same messages read row by row are the same events."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path

import duckdb
import pytest

from notworking.ingest.drop import FileContent
from notworking.ingest.linkedin import messages
from notworking.records import Events, Table
from notworking.store import database, load

HEADER = [
    "CONVERSATION ID",
    "CONVERSATION TITLE",
    "FROM",
    "SENDER PROFILE URL",
    "TO",
    "RECIPIENT PROFILE URLS",
    "DATE",
    "SUBJECT",
    "CONTENT",
    "FOLDER",
]
OLIVE = ("Olive Owner", "https://www.linkedin.com/in/olive-owner")
JONAS = ("Jonas Beispiel", "https://www.linkedin.com/in/jonasbeispiel")
TEXTS = (
    "two words",
    "",
    "  blanks  around ",
    "\u00a0not a blank of ASCII \u00a0",
    "\u3000",
    "\u00e9t\u00e9 \u00e0 la mer",
    "~ tilde and \u00fc",
    "line\nbreak and\ttab",
    "\x7f delete",
    "!",
)

Row = tuple[object, ...]


def written(path: Path, end: str) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end)
    writer.writerow(HEADER)
    for number, said in enumerate(TEXTS):
        when = f"2023-11-05 10:01:{number:02d} UTC"
        writer.writerow(["2-abc==", "", *JONAS, *OLIVE, when, "", said, "INBOX"])
    path.write_bytes(text.getvalue().encode())
    return path


@pytest.fixture
def con(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    made = database.connect(tmp_path / "n.duckdb")
    database.migrate(made)
    return made


def imported(con: duckdb.DuckDBPyConnection, *paths: Path) -> dict[int, tuple[int, int]]:
    loading = load.Loading(con, keep_text=True)
    for number, path in enumerate(paths, start=1):
        file = load.File(
            number, 1, "linkedin", "linkedin.messages", messages.mend, partial(Path, path), print
        )
        loading.stage(file, messages.extract(FileContent(path), "messages.csv"))
    return loading.merge()


def events(con: duckdb.DuckDBPyConnection) -> list[Row]:
    return con.execute("select * exclude (file_id) from raw.events order by event_id").fetchall()


def test_an_event_is_the_same_whoever_read_it(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    by_engine, by_rows = written(tmp_path / "lf.csv", "\n"), written(tmp_path / "crlf.csv", "\r\n")
    kinds = [
        {type(one) for one in messages.extract(FileContent(path), "messages.csv")}
        for path in (by_engine, by_rows)
    ]
    assert kinds == [{Table}, {Events}]
    assert imported(con, by_engine) == {1: (len(TEXTS), len(TEXTS))}
    first = events(con)
    con.execute("delete from raw.events")
    assert imported(con, by_rows) == {1: (len(TEXTS), len(TEXTS))}
    assert events(con) == first
    counted = dict(con.execute("select text, words from raw.events").fetchall())
    assert counted["two words"] == 2
    assert counted[None] == 0
    assert counted["\u3000"] == 0


def test_a_message_that_both_files_tell_is_loaded_once_and_sighted_twice(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    by_engine, by_rows = written(tmp_path / "lf.csv", "\n"), written(tmp_path / "crlf.csv", "\r\n")
    twice = written(tmp_path / "again.csv", "\n")
    count = len(TEXTS)
    assert imported(con, by_engine, by_rows, twice) == {
        1: (count, count),
        2: (count, 0),
        3: (count, 0),
    }
    sighted = con.execute(
        "select file_id, count(*) from raw.event_sightings group by all order by all"
    ).fetchall()
    assert sighted == [(2, count), (3, count)]


def test_a_second_file_whose_quoting_is_broken_takes_nothing_from_the_first(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    sound, broken = written(tmp_path / "lf.csv", "\n"), written(tmp_path / "broken.csv", "\n")
    broken.write_bytes(broken.read_bytes().replace(b"two words", b'"two words'))
    counts = imported(con, sound, broken)
    assert counts[1] == (len(TEXTS), len(TEXTS))
    assert counts[2][0] >= len(TEXTS) - 1
