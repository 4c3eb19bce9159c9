"""What cells of LinkedIn's files mean: times, profile addresses, partial dates, birthdays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest.linkedin._files import file_key
from notworking.ingest.linkedin._stages import partial_date
from notworking.ingest.linkedin._values import calendar_day, iso, moment, profile_key
from notworking.ingest.linkedin.profile import birthday


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("05 Nov 2023", "2023-11-05T00:00:00Z"),
        ("5-Nov-23", "2023-11-05T00:00:00Z"),
        ("30-oct-09", "2009-10-30T00:00:00Z"),
        ("05.11.2023", "2023-11-05T00:00:00Z"),
        ("2024-05-02", "2024-05-02T00:00:00Z"),
        ("9 Sept 2022", "2022-09-09T00:00:00Z"),
        ("5. März 2023", "2023-03-05T00:00:00Z"),
        ("11/5/23, 10:01 AM", "2023-11-05T18:01:00Z"),
        ("7/5/23, 10:01 AM", "2023-07-05T17:01:00Z"),
        ("12/31/15, 4:30 PM", "2016-01-01T00:30:00Z"),
        ("08/09/22, 07:05 PM", "2022-08-10T02:05:00Z"),
        ("1/1/18, 12:01 AM", "2018-01-01T08:01:00Z"),
        ("1/1/18, 12:01 PM", "2018-01-01T20:01:00Z"),
        ("13/9/23, 7:51 PM", "2023-09-14T02:51:00Z"),
        ("2023-11-05 10:01:22 UTC", "2023-11-05T10:01:22Z"),
        ("2019-11-06T02:08:20", "2019-11-06T02:08:20Z"),
        ("2024-03-17 18:03:34", "2024-03-17T18:03:34Z"),
        ("2023/07/01 19:52:23 UTC", "2023-07-01T19:52:23Z"),
        ("Fri Jan 24 02:54:41 UTC 2025", "2025-01-24T02:54:41Z"),
        ("June 05, 2016, 03:22 PM", "2016-06-05T22:22:00Z"),
        ("Oct 18, 2023 05:30 PM UTC", "2023-10-18T17:30:00Z"),
        ("2020-12-29 14:24 UTC", "2020-12-29T14:24:00Z"),
        ("11/26/24 01:32 PM UTC", "2024-11-26T13:32:00Z"),
        ("1/14/2020 12:13", "2020-01-14T12:13:00Z"),
    ],
)
def test_every_way_to_write_a_time_names_its_instant(written: str, instant: str) -> None:
    found = moment(written)
    assert found is not None
    assert iso(found) == instant
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "written",
    ["", "soon", "30 Feb 2023", "13/13/23, 7:51 PM", "1/1/18, 13:01 PM", "2024-02-29 24:00:00"],
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert moment(written) is None


def test_the_hour_that_summer_time_repeats_is_read_as_its_first() -> None:
    assert moment("11/5/23, 1:30 AM") == datetime(2023, 11, 5, 8, 30, tzinfo=UTC)


def test_a_two_digit_year_is_of_this_century() -> None:
    assert calendar_day("01-Jan-99") == date(2099, 1, 1)


@settings(database=None, derandomize=True)
@given(st.text(max_size=40))
def test_any_text_is_a_time_in_utc_or_none(text: str) -> None:
    found = moment(text)
    assert found is None or found.utcoffset() is not None


@pytest.mark.parametrize(
    "written",
    [
        "https://www.linkedin.com/in/josé-example",
        "https://www.linkedin.com/in/jos%C3%A9-example",
        "https://www.linkedin.com/in/jos%25C3%25A9-example",
        "https://www.linkedin.com/in/jose\u0301-example",
        "http://linkedin.com/in/JOSÉ-Example/",
        "www.linkedin.com/in/josé-example",
        " https://de.linkedin.com/in/josé-example?trk=x ",
        "https://m.linkedin.com/in/josé-example/details#about",
        "https://www.linkedin.com/pub/josé-example/1/2/3",
    ],
)
def test_all_spellings_of_one_profile_have_one_key(written: str) -> None:
    assert profile_key(written) == "https://www.linkedin.com/in/josé-example"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[url]",
        "https://www.linkedin.com/in",
        "https://www.linkedin.com/in/",
        "https://www.linkedin.com/company/contoso",
        "https://notlinkedin.com/in/jose",
        "https://example.com/in/jose",
        "jonas@example.com",
    ],
)
def test_what_is_no_profile_has_no_key(written: str) -> None:
    assert profile_key(written) is None


def test_a_member_number_is_its_own_key() -> None:
    assert profile_key("URN:li:member:12345") == "urn:li:member:12345"


def test_a_slug_that_is_no_utf8_stays_as_written() -> None:
    assert profile_key("https://www.linkedin.com/in/a%FFb") == "https://www.linkedin.com/in/a%ffb"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Jan 2020", "2020-01"),
        ("2018", "2018"),
        ("05/2018", "2018-05"),
        ("Jan-20", "2020-01"),
        ("5 Jan 2020", "2020-01-05"),
        ("Mai", None),
        ("13/2018", None),
        ("", None),
    ],
)
def test_partial_dates_keep_their_precision(written: str, expected: str | None) -> None:
    assert partial_date(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mar 7", "--03-07"),
        ("Feb 29", "--02-29"),
        ("Feb 17, 1998", "1998-02-17"),
        ("Feb 29, 1998", None),
        ("Feb 30", None),
        ("someday", None),
    ],
)
def test_birthdays_may_lack_their_year(written: str, expected: str | None) -> None:
    assert birthday(written) == expected


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("messages.csv", "messages"),
        ("export/Messages.CSV", "messages"),
        ("Comments_123456789.csv", "comments"),
        ("Phone Numbers.csv", "phonenumbers"),
        ("Connections (1).csv", "connections"),
        ("Job Applications_1.csv", "jobapplications"),
        ("Shares_123456789 (2).csv", "shares"),
        ("Receipts_v2.csv", "receiptsv2"),
        ("guide_messages.csv", "guidemessages"),
    ],
)
def test_file_names_drift_and_keep_their_key(path: str, key: str) -> None:
    assert file_key(path) == key
