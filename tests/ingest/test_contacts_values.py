"""Cells, dates and header lines of address books."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.ingest.contacts import _dates
from notworking.ingest.contacts._sheet import encoding_of, find_sheet
from notworking.ingest.contacts._values import addresses, clean, digits_of, is_phone, parts


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  a\u00a0b ", "a b"),
        ('="0049 151"', "0049 151"),
        ("'+49 151", "+49 151"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("\u202a+49 151\u202c", "+49 151"),
        ("0/0/00", ""),
        ("Unspecified", ""),
        ("N/A", ""),
        ("Na", "Na"),
        ("JÃ¶rg", "Jörg"),
        ('=HYPERLINK("http://example.com")', '=HYPERLINK("http://example.com")'),
        ("e\u0301", "é"),
        ("a\x00b", "ab"),
    ],
)
def test_cells_lose_their_wrapping_and_nothing_else(cell: str, expected: str) -> None:
    assert clean(cell) == expected


def test_values_joined_by_google_are_taken_apart() -> None:
    assert parts("a@example.com ::: b@example.org :::") == ["a@example.com", "b@example.org"]
    assert parts("one") == ["one"]


def test_addresses_are_found_in_what_people_write_around_them() -> None:
    assert addresses("Ana <ana@example.com>; mailto:bo@example.org.") == [
        "ana@example.com",
        "bo@example.org",
    ]
    assert addresses("no address @ all") == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("+49 30 23125 101", "493023125101"),
        ("202-555-0101 ext. 12", "2025550101"),
        ("0151 555 0101 / 030 23125 102", "01515550101"),
        ("4,91512E+12", ""),
        ("110", ""),
        ("１２３４５６７", "1234567"),
    ],
)
def test_a_number_identifies_by_the_digits_of_the_first(written: str, expected: str) -> None:
    assert digits_of(written) == expected


def test_a_phone_is_told_from_a_date_and_a_price() -> None:
    assert is_phone("+1 (202) 555-0101")
    assert not is_phone("1,234,567.00 EUR")
    assert not is_phone("123456")


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("1980-02-03", None, "1980-02-03"),
        ("1980-02-03T00:00:00Z", None, "1980-02-03"),
        ("19800203", None, "1980-02-03"),
        (" --02-03", None, "--02-03"),
        ("1604-02-29", None, "--02-29"),
        ("04.03.1980", None, "1980-03-04"),
        ("3/14/1980", None, "1980-03-14"),
        ("14/3/1980", None, "1980-03-14"),
        ("3/4/1980", None, None),
        ("4/4/1980", None, "1980-04-04"),
        ("3/4/1980", "dmy", "1980-04-03"),
        ("3/4/1980", "mdy", "1980-03-04"),
        ("3/4/80", "mdy", "--03-04"),
        ("3. März 1980", None, "1980-03-03"),
        ("Feb 3, 1980", None, "1980-02-03"),
        ("1980-02-30", None, None),
        ("0000-02-03", None, "--02-03"),
        ("soon", None, None),
        ("3 Foo 1980", None, None),
        ("1700-01-01", None, None),
    ],
)
def test_birthdays_are_read_where_they_are_certain(
    text: str, order: str | None, expected: str | None
) -> None:
    assert _dates.birthday(text, order) == expected


def test_a_birthday_in_three_columns_needs_month_and_day() -> None:
    assert _dates.from_parts("1980", "4", "12") == "1980-04-12"
    assert _dates.from_parts("", "02", "29") == "--02-29"
    assert _dates.from_parts("1980", "", "12") is None


@given(st.text(max_size=60), st.sampled_from([None, "dmy", "mdy"]))
def test_no_text_is_too_odd_for_a_date(text: str, order: str | None) -> None:
    found = _dates.birthday(text, order)
    assert found is None or len(found) in (7, 10)
    _dates.is_unsure(text, order)


@given(st.text(max_size=60))
def test_cleaning_a_clean_cell_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) in (once, clean(once))
    assert "\x00" not in once


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xff\xfeN\x00", "utf-16"),
        ("Name,Email\nAna,a@example.com".encode("utf-16-le"), "utf-16-le"),
        ("Name,Email\nAna,a@example.com".encode("utf-16-be"), "utf-16-be"),
        (b"Name,Email", "utf-8-sig"),
        (b"", "utf-8-sig"),
    ],
)
def test_the_encoding_is_told_from_the_first_bytes(data: bytes, encoding: str) -> None:
    assert encoding_of(data) == encoding


def test_the_header_is_the_line_that_says_most_about_people() -> None:
    sheet = find_sheet(b"sep=;\nMembers 2024\n;;\nName;E-Mail;Telefon\nA B;a@example.com;1\n")
    assert sheet is not None
    assert (sheet.skip, sheet.delimiter) == (4, ";")
    assert sheet.header == ("Name", "E-Mail", "Telefon")


def test_a_header_may_go_over_lines_inside_quotes() -> None:
    sheet = find_sheet(b'"Full\nName",Email,Phone\nA B,a@example.com,1\n')
    assert sheet is not None
    assert sheet.skip == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_the_one_that_finds_the_names(delimiter: str) -> None:
    text = f"Name{delimiter}Email\nDoe, Jo; x{delimiter}a@example.com\n"
    sheet = find_sheet(text.encode())
    assert sheet is not None
    assert sheet.delimiter == delimiter


@pytest.mark.parametrize(
    "head", [b'{"a": 1}', b"<html>", b"PK\x03\x04", b"", b"," * 3000 + b"Email"]
)
def test_what_is_no_table_of_people_has_no_header(head: bytes) -> None:
    assert find_sheet(head) is None


def test_rows_of_values_are_no_header() -> None:
    assert find_sheet(b"Ana,ana@mail.example.com\nBo,bo@mail.example.com\n") is None


def test_equal_names_of_columns_are_told_apart() -> None:
    out = io.StringIO()
    csv.writer(out).writerow(["Email", "Email", "Name", "", ""])
    sheet = find_sheet(out.getvalue().encode())
    assert sheet is not None
    assert sheet.header == ("Email", "Email (2)", "Name", "", "")
