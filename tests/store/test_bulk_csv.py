"""The fast path: what the engine reads equals what the row reader reads, and nothing is lost."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notworking.ingest._csv import Header, find_header, has, table_rows
from notworking.ingest.importer import Content
from notworking.ingest.linkedin import messages
from notworking.records import Event, Party, Reject, Table
from notworking.store.bulk_csv import Target, stage_table

COLUMNS = [
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
    "ATTACHMENTS",
    "IS MESSAGE DRAFT",
    "IS CONVERSATION DRAFT",
]
WIDTHS = (10, 11, 13)
STAGED = """create or replace temp table staged (
    place varchar, kind varchar, "key" varchar, party struct("key" varchar, name varchar),
    direction varchar, recipients struct("key" varchar, name varchar)[], thread_key varchar,
    thread_size integer, "at" timestamptz, text varchar, one_click boolean)"""
JONAS = "https://www.linkedin.com/in/jonasbeispiel"
OLIVE = "https://www.linkedin.com/in/olive-owner"

MakeContent = Callable[[bytes], Content]
Read = tuple[Counter[Event], Counter[Reject]]

SETTINGS = settings(
    deadline=None,
    database=None,
    derandomize=True,
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set preserve_insertion_order = false")
    return connection


def table_of(width: int) -> Table:
    columns = tuple(name.lower().replace(" ", "") for name in COLUMNS[:width])
    return Table(1, ",", columns, "notworking.ingest.linkedin", "messages.sql")


def party(value: dict[str, str | None]) -> Party:
    return Party(value["key"], value["name"])


def by_engine(con: duckdb.DuckDBPyConnection, path: Path, width: int) -> Read:
    con.execute(STAGED)
    rejects = stage_table(con, path, table_of(width), messages.mend, Target("staged"))
    events = [
        Event(
            place="",
            kind=kind,
            key=key,
            party=party(sender),
            direction=direction,
            recipients=None if others is None else tuple(map(party, others)),
            thread_key=thread,
            thread_size=size,
            at=at,
            text=text,
            one_click=one_click,
        )
        for _, kind, key, sender, direction, others, thread, size, at, text, one_click in (
            con.execute("select * from staged").fetchall()
        )
    ]
    return Counter(events), Counter(rejects)


def by_rows(data: bytes) -> Read:
    header = find_header(data, has("conversationid", "content"))
    assert isinstance(header, Header)
    events: Counter[Event] = Counter()
    rejects: Counter[Reject] = Counter()
    for row in table_rows(data, header):
        made = messages.mend(header.columns, row.cells, "")
        if isinstance(made, Event):
            events[made] += 1
        else:
            rejects[Reject(f"line {row.line}", made.reason, made.raw)] += 1
    return events, rejects


def written(rows: list[list[str]], *, quote_all: bool) -> bytes:
    text = io.StringIO()
    if quote_all:
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    else:
        csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def row(text: str, **others: str) -> list[str]:
    cells = {
        "CONVERSATION ID": "2-MDA=",
        "FROM": "Jonas Beispiel",
        "SENDER PROFILE URL": JONAS,
        "TO": "Olive Owner",
        "RECIPIENT PROFILE URLS": OLIVE,
        "DATE": "2023-11-06 08:15:09 UTC",
        "CONTENT": text,
        "FOLDER": "INBOX",
    } | {name.replace("_", " "): value for name, value in others.items()}
    return [cells.get(name, "") for name in COLUMNS[:10]]


def people() -> st.SearchStrategy[str]:
    names = st.sampled_from(
        ["Jonas Beispiel", "Mira Examplová, PhD", "LinkedIn Member", "A;B", "x,y", " ", "", "İ Σ"]
    )
    return st.lists(names, max_size=3).map(",".join)


def addresses() -> st.SearchStrategy[str]:
    one = st.sampled_from(
        [
            JONAS,
            OLIVE,
            "https://www.linkedin.com/in/mira-examplová-0a1b2c3",
            "https://www.linkedin.com/in/mira-examplova\u0301-0a1b2c3",
            "https://www.linkedin.com/in/jos%C3%A9",
            "https://www.linkedin.com/in/İSTANBUL-ΑΣ",
            "https://www.linkedin.com/in",
            "https://www.linkedin.com/company/contoso",
            "http://de.linkedin.com/in/Upper/?x=1#y",
            "urn:li:member:7",
            " " + JONAS,
            "",
        ]
    )
    return st.lists(one, max_size=3).map(",".join)


def dates() -> st.SearchStrategy[str]:
    usual = st.datetimes().map(lambda at: at.strftime("%Y-%m-%d %H:%M:%S UTC"))
    odd = st.sampled_from(
        [
            "2019-11-06T02:08:20",
            "2024-02-30 10:00:00 UTC",
            "2024-02-29 24:00:00 UTC",
            "2024-02-29 23:59:60 UTC",
            "0000-01-01 00:00:00",
            "10/16/18, 8:36 AM",
            "1/14/2020 12:13",
            "2023-11-06 08:15:09 UTC ",
            "2023-1-6 08:15:09 UTC",
            "",
            "DATE",
        ]
    )
    return st.one_of(usual, odd)


def bodies() -> st.SearchStrategy[str]:
    odd = st.sampled_from(
        [
            "Happy birthday!",
            " +1 202 555 0143",
            "\t\n tail \r\n",
            "<p>Hi&nbsp;!</p>\n<br>x",
            "a < b and <pre>",
            '"quoted", and ""twice""',
            "\ufeffmarked",
            "a\x00b",
            "👍",
        ]
    )
    return st.one_of(st.text(alphabet=st.characters(codec="utf-8"), max_size=40), odd)


def message_rows(width: int) -> st.SearchStrategy[list[str]]:
    threads = st.sampled_from(["2-MDA=", "2-MDB=", "", " 2-MDC= "])
    flags = st.sampled_from(["", "No", "no", "Yes", "true", "False"])
    titles = st.sampled_from(["", "Sponsored Conversation", "Team"])
    folders = st.sampled_from(["INBOX", "ARCHIVE", "", "Posteingang"])
    full = st.tuples(
        threads, titles, people(), addresses(), people(), addresses(), dates(), bodies(),
        bodies(), folders, st.just(""), flags, flags,
    )  # fmt: skip
    return full.map(lambda cells: list(cells)[:width])


@SETTINGS
@given(data=st.data(), width=st.sampled_from(WIDTHS), quote_all=st.booleans())
def test_the_engine_and_the_row_reader_make_the_same_of_every_row(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    data: st.DataObject,
    width: int,
    quote_all: bool,
) -> None:
    rows = data.draw(st.lists(message_rows(width), min_size=1, max_size=8))
    written_out = written([COLUMNS[:width], *rows], quote_all=quote_all)
    path = tmp_path / "messages.csv"
    path.write_bytes(written_out)
    expected_events, expected_rejects = by_rows(written_out)
    events, rejects = by_engine(con, path, width)
    assert events == expected_events
    assert rejects == expected_rejects


@SETTINGS
@given(data=st.data(), quote_all=st.booleans())
def test_damage_is_read_alike_by_both_and_no_sound_row_is_lost(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, data: st.DataObject, quote_all: bool
) -> None:
    rows = [row(f"text {number}, more", CONVERSATION_ID=f"2-{number}") for number in range(6)]
    sound = written([COLUMNS[:10], *rows], quote_all=quote_all)
    start = data.draw(st.integers(sound.index(b"\n") + 1, len(sound)))
    length = data.draw(st.integers(0, 40))
    # No blanks: beside a quote the two readers guess differently, and no program writes them there.
    marks = st.lists(st.sampled_from([b'"', b",", b"\n", b"\r", b"\xff", b"x"]), max_size=6)
    damaged = sound[:start] + b"".join(data.draw(marks)) + sound[start + length :]
    path = tmp_path / "messages.csv"
    path.write_bytes(damaged)
    events, rejects = by_engine(con, path, 10)
    assert (events, rejects) == by_rows(damaged)
    read = {event.thread_key for event in events}
    touched = {f"2-{n}" for n in touched_rows(sound, start, start + length)}
    assert {f"2-{number}" for number in range(6)} - touched <= read


def touched_rows(sound: bytes, start: int, end: int) -> range:
    """Return the numbers of the rows that a stretch of bytes lies in, and of their neighbours."""
    first = sound.count(b"\n", 0, start) - 1
    return range(first - 1, sound.count(b"\n", 0, end) + 1)


def staged(con: duckdb.DuckDBPyConnection, path: Path, data: bytes, width: int = 10) -> Read:
    path.write_bytes(data)
    return by_engine(con, path, width)


def texts(read: Read) -> list[str | None]:
    return sorted((event.text for event in read[0].elements()), key=str)


def places(read: Read) -> list[tuple[str, str]]:
    return sorted((reject.place, reject.reason) for reject in read[1].elements())


UNREADABLE = "the date of the message is missing or unreadable"


def test_refused_rows_are_mended_or_rejected_with_their_physical_line(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    data = written([COLUMNS[:10], row("first\nsecond\nthird")], quote_all=False)
    data += b"\n2-MDA=,too short\n"
    data += ",".join(row("one")[:8]).encode() + b",a, b, c,INBOX\n"
    data += b",,,,,,,,,\n"
    data += written([row("caf\u00e9")], quote_all=False).replace("é".encode(), b"\xe9")
    data += written([row("draft", CONVERSATION_ID="", TO="")], quote_all=False)
    read = staged(con, tmp_path / "messages.csv", data)
    assert texts(read) == ["a, b, c", "café", "first\nsecond\nthird"]
    assert places(read) == [("line 10", "draft, never sent"), ("line 6", UNREADABLE)]


def test_an_open_quote_ends_with_its_row(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    lines = [",".join(row(f"text {number}")).encode() for number in range(5)]
    lines[1] = lines[1].replace(b"text 1", b'"text 1')
    lines[3] = lines[3].replace(b"Jonas Beispiel", b'"Beispiel, Jonas"')
    data = b"\n".join([",".join(COLUMNS[:10]).encode(), *lines]) + b"\n"
    read = staged(con, tmp_path / "messages.csv", data)
    assert texts(read) == [f"text {number}" for number in range(5)]
    assert places(read) == []


def test_an_open_quote_at_the_end_loses_only_the_end(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    data = written([COLUMNS[:10], row("kept")], quote_all=True) + b'"2-MDA=","torn off\nhere'
    read = staged(con, tmp_path / "messages.csv", data)
    assert texts(read) == ["kept"]
    assert places(read) == [("line 3", UNREADABLE)]


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"])
def test_line_ends_of_either_kind_and_mixed_leave_the_transaction_usable(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, ends: bytes
) -> None:
    data = written([COLUMNS[:10], row("one"), row("two\r\nlines")], quote_all=True)
    mixed = ends.join(data.split(b"\n", 1)) + written([row("three")], quote_all=True)[:-1] + b"\r\n"
    con.execute("begin")
    read = staged(con, tmp_path / "messages.csv", mixed)
    assert con.execute("select count(*) from staged").fetchone() == (3,)
    con.execute("commit")
    assert [text.split()[0] for text in texts(read) if text] == ["one", "three", "two"]


def test_a_file_of_nothing_but_its_header_gives_nothing(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    header = ",".join(COLUMNS[:10]).encode()
    for data in (header, header + b"\n", header + b"\n\n", header + b"\n,,,,,,,,,\n"):
        assert staged(con, tmp_path / "messages.csv", data) == (Counter(), Counter())


def test_a_header_further_down_is_read_row_by_row(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    data = b'Notes:\n"a, ""b""\nc"\n\n' + written([COLUMNS[:10], row("below")], quote_all=False)
    path = tmp_path / "messages.csv"
    path.write_bytes(data)
    con.execute(STAGED)
    columns = table_of(10).columns
    table = Table(5, ",", columns, "notworking.ingest.linkedin", "messages.sql")
    assert stage_table(con, path, table, messages.mend, Target("staged")) == []
    assert con.execute("select place, text from staged").fetchall() == [("line 6", "below")]


def test_a_path_and_columns_with_quotes_are_only_names(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    folder = tmp_path / "year=2026 [x] *"
    folder.mkdir()
    path = folder / 'it\'s {a,b}? "mine".csv.gz'
    path.write_bytes(written([[*COLUMNS[:10], "no'te\""], [*row("kept"), "x"]], quote_all=True))
    con.execute(STAGED)
    table = Table(
        1, ",", (*table_of(10).columns, "no'te\""), "notworking.ingest.linkedin", "messages.sql"
    )
    assert stage_table(con, path, table, messages.mend, Target("staged")) == []
    assert con.execute("select text from staged").fetchall() == [("kept",)]


def test_rows_staged_before_from_elsewhere_stay(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute(STAGED)
    con.execute("insert into staged (place, text) values ('line 1', 'before')")
    path = tmp_path / "messages.csv"
    path.write_bytes(written([COLUMNS[:10], row("sound")], quote_all=True) + b'"2-X","a"b,c\n')
    rejects = stage_table(con, path, table_of(10), messages.mend, Target("staged"))
    assert [reject.place for reject in rejects] == ["line 3"]
    found = con.execute("select text from staged order by text").fetchall()
    assert found == [("before",), ("sound",)]
    assert con.execute(
        "select count(*) from duckdb_tables() where table_name ~ 'bulk'"
    ).fetchone() == (0,)


@pytest.mark.slow
def test_rows_of_a_file_larger_than_the_engines_buffers_all_arrive(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "messages.csv"
    filler = "line\n" * 2000
    rows = [row(f"{number} {filler}", CONVERSATION_ID=f"2-{number}") for number in range(8000)]
    refused = {700, 4500, 7999}
    with path.open("wb") as file:
        file.write(written([COLUMNS[:10]], quote_all=True))
        for number, cells in enumerate(rows):
            line = written([cells], quote_all=True)
            file.write(b'"2-X","short"\n' if number in refused else line)
    con.execute(STAGED)
    rejects = stage_table(con, path, table_of(10), messages.mend, Target("staged"))
    found = con.execute("select count(distinct thread_key), count(*) from staged").fetchone()
    assert found == (7997, 7997)
    lines = {2 + 2001 * number - 2000 * sum(one < number for one in refused) for number in refused}
    assert {reject.place for reject in rejects} == {f"line {line}" for line in lines}


def test_every_one_of_equal_rejects_has_its_own_line(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    bad = row("again", DATE="soon")
    rows = [bad, row("kept"), bad, [*bad, "", ""], bad]
    read = staged(con, tmp_path / "messages.csv", written([COLUMNS[:10], *rows], quote_all=True))
    assert texts(read) == ["kept"]
    assert [place for place, _ in places(read)] == ["line 2", "line 4", "line 5", "line 6"]


def test_line_ends_that_only_the_trial_finds_mixed_are_read_row_by_row(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    odd = ",".join(row("an odd quote", FROM='Jonas "Beispiel')).encode()
    data = written([COLUMNS[:10], row("one")], quote_all=False) + odd + b"\r\n"
    con.execute("begin")
    read = staged(con, tmp_path / "messages.csv", data)
    assert texts(read) == ["an odd quote", "one"]


def test_a_reject_whose_row_the_two_readers_see_differently_is_not_lost(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    data = written([COLUMNS[:10], row("x", DATE="soon")], quote_all=True)
    read = staged(con, tmp_path / "messages.csv", data.replace(b',"soon"', b', "soon"'))
    assert places(read) == [("line unknown", UNREADABLE)]
