"""Finding and reading a table: header, dialect, encoding, damaged quoting."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.delimited import MAX_DAMAGE_LINES, MAX_ROW_LINES, decode, fit, rows
from notworking.ingest._csv import Header, Line, exactly, find_header, has, lines_of, repair
from notworking.ingest.importer import Content
from notworking.records import Reject

MakeContent = Callable[[bytes], Content]

wanted = has("name", "mail")


def lines_in(content: MakeContent, data: bytes) -> list[tuple[str, str, str]]:
    found = list(lines_of(content(data), wanted))
    return [
        (line.place, line.get("name"), line.get("mail")) for line in found if isinstance(line, Line)
    ]


def header_of(data: bytes) -> Header:
    found = find_header(data, wanted)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("data", "line", "delimiter"),
    [
        (b"Name,Mail\nA,a@example.com\n", 1, ","),
        (b"Name;Mail\r\nA;a@example.com\r\n", 1, ";"),
        (b"Name\tMail\nA\ta@example.com", 1, "\t"),
        (b"\xef\xbb\xbfName,Mail\nA,a@example.com\n", 1, ","),
        (b'Notes:\n"one, two\nthree"\n\n"NAME","e","Mail "\nA,,a@example.com\n', 5, ","),
        ("\ufeffName\tMail\nA\ta@example.com\n".encode("utf-16-le"), 1, "\t"),
        ("\ufeffName\tMail\nA\ta@example.com\n".encode("utf-16-be"), 1, "\t"),
        (b"Name,Mail\rA,a@example.com\r", 1, ","),
        (b"Row,Name,Mail,,\n1,A,a@example.com,,\n", 1, ","),
    ],
)
def test_the_header_is_found_in_every_dialect(
    content: MakeContent, data: bytes, line: int, delimiter: str
) -> None:
    header = header_of(data)
    assert (header.line, header.delimiter) == (line, delimiter)
    assert lines_in(content, data) == [(f"line {line + 1}", "A", "a@example.com")]


def test_equal_and_empty_column_names_are_kept_apart() -> None:
    header = header_of(b"Name,Mail,Name,,\n")
    assert header.columns == ("name", "mail", "name#2", "", "#2")
    assert exactly("name", "mail")(header.columns)


def test_short_repeated_and_empty_rows(content: MakeContent) -> None:
    data = b"Name,Mail\nA\n\n,\nName,Mail\n B , b@example.com ,surplus"
    assert lines_in(content, data) == [("line 2", "A", ""), ("line 6", "B", "b@example.com")]


def test_bytes_that_are_no_utf8_are_read_as_windows_wrote_them(content: MakeContent) -> None:
    data = b"Name,Mail\nJos\xe9,\x80\nJos\xc3\xa9,x\n"
    assert [name for _, name, _ in lines_in(content, data)] == ["José", "José"]
    assert decode(b"\x81") == "\ufffd"


def test_text_saved_twice_is_repaired_only_if_all_of_it_can_be() -> None:
    assert repair("JosÃ© â‚¬") == "José €"
    assert repair("JosÃ© José") == "JosÃ© José"
    assert repair("plain") == "plain"


def test_a_file_without_the_header_is_one_reject_that_says_what_to_do(
    content: MakeContent,
) -> None:
    for data, word in ((b"PK\x03\x04...", "spreadsheet"), (b" \n", "empty"), (b"x", "header")):
        (reject,) = lines_of(content(data), wanted)
        assert isinstance(reject, Reject)
        assert reject.place == "file"
        assert word in reject.reason
        assert "export once" in reject.reason


def test_a_reject_shows_the_row_quoted_as_it_must_be(content: MakeContent) -> None:
    (line,) = lines_of(content(b'Name,Mail\n"A, B",""\n'), wanted)
    assert isinstance(line, Line)
    assert line.raw == '"A, B",'


def read(text: str, width: int = 3) -> list[tuple[int, list[str], bool]]:
    return [(r.line, r.cells, r.sound) for r in rows(text.splitlines(True), ",", width)]


def test_an_open_quote_ends_where_the_next_full_row_begins() -> None:
    text = 'a,b,c\nd,"e,f\ng,"h, i",j\nk,l,"m\nn"\n'
    assert read(text) == [
        (1, ["a", "b", "c"], True),
        (2, ["d", "e", "f"], False),
        (3, ["g", "h, i", "j"], True),
        (4, ["k", "l", "m\nn"], True),
    ]


def test_lines_that_belong_to_a_broken_row_stay_with_it() -> None:
    text = 'a,"b "quoted" b\nmore b",c\nd,e,f\n'
    assert read(text) == [
        (1, ["a", 'b "quoted" b\nmore b', "c"], False),
        (3, ["d", "e", "f"], True),
    ]


def test_damage_without_an_end_gives_every_line_for_itself() -> None:
    text = "".join(f'x,"{number}"y\n' for number in range(MAX_DAMAGE_LINES + 5))
    found = read(text)
    assert [line for line, _, _ in found[:MAX_DAMAGE_LINES]] == list(range(1, MAX_DAMAGE_LINES + 1))
    assert sum(len("".join(cells)) > 0 for _, cells, _ in found) >= MAX_DAMAGE_LINES


def test_a_file_full_of_broken_quotes_is_read_in_time() -> None:
    begin = time.process_time()
    assert read('x,"y"z,"\n' * 60_000)
    assert time.process_time() - begin < 20


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["a"], ["a", "", ""]),
        (["a", "b", "c"], ["a", "b", "c"]),
        (["a", "b", " c", "d"], ["a", "b, c", "d"]),
    ],
)
def test_rows_are_fitted_to_the_width(cells: list[str], expected: list[str]) -> None:
    assert fit(cells, 3, 1, ",") == expected


@settings(database=None, derandomize=True, deadline=None)
@given(st.text(alphabet='ab,"\n\r ', max_size=60), st.integers(1, 4))
def test_every_letter_of_any_text_is_in_some_row(text: str, width: int) -> None:
    found = list(rows(text.splitlines(True), ",", width))
    kept = "".join("".join(row.cells) for row in found)
    assert sorted(kept.replace(" ", "")).count("a") == text.count("a")
    assert sorted(kept).count("b") == text.count("b")
    assert [row.line for row in found] == sorted(row.line for row in found)


def test_a_quote_left_open_for_thousands_of_lines_hides_nothing() -> None:
    text = 'a,"b,c\n' + "x\n" * (MAX_ROW_LINES + 10) + "d,e,f\n"
    found = read(text)
    assert [cells[0] for _, cells, _ in found].count("x") == MAX_ROW_LINES + 10
    assert found[-1] == (MAX_ROW_LINES + 12, ["d", "e", "f"], True)
