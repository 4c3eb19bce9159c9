"""Phone numbers and other ways to reach somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.records import POINT_KINDS
from notworking.resolve.phones import guess_region, parse_phone, split_numbers
from notworking.resolve.points import parse_email, parse_point, parse_url


@pytest.mark.parametrize(
    ("raw", "region", "value", "sure"),
    [
        ("+1 202 555 0143", None, "+12025550143", True),
        ("\u202a+1 202 555 0143\u202c", None, "+12025550143", True),
        ("*31#+4930231251010", None, "+4930231251010", True),
        ("+４９ ３０ ２３１２５ １０１", None, "+493023125101", True),
        ("+493023125101 (mobile)", None, "+493023125101", True),
        ('="0049 30 23125 101"', None, "+493023125101", True),
        ("'+1 202 555 0143", None, "+12025550143", True),
    ],
)
def test_numbers_become_e164_and_say_whether_their_country_is_sure(
    raw: str, region: str | None, value: str, sure: bool
) -> None:
    phone = parse_phone(raw, region)
    assert (phone.value, phone.valid, phone.sure) == (value, True, sure)


@pytest.mark.parametrize(
    "raw",
    ["4,91512E+12", "112", "call mum", "", "030 23125 101", "+999999999999999999", "unknown"],
)
def test_what_is_no_sure_number_keeps_its_raw_form(raw: str) -> None:
    phone = parse_phone(raw)
    assert not phone.valid
    assert not phone.sure
    assert phone.value == raw


def test_the_users_own_region_is_sure() -> None:
    assert parse_phone("030 23125 101", "DE", region_sure=True).sure


@pytest.mark.parametrize(
    "raw",
    ["+1 202 555 0143;ext=5", "+1 202 555 0143 x5", "+12025550143 ext. 5", "+12025550143,,,5#"],
)
def test_extensions_are_kept_apart(raw: str) -> None:
    phone = parse_phone(raw)
    assert (phone.value, phone.extension) == ("+12025550143", "5")


def test_two_numbers_in_one_cell_are_two() -> None:
    assert split_numbers("+1 202 555 0143 / +1 202 555 0144") == [
        "+1 202 555 0143",
        "+1 202 555 0144",
    ]
    found = parse_point("phone", "+12025550143 ::: +12025550144", None, region_sure=False)
    assert found == [("+12025550143", True, True), ("+12025550144", True, True)]


def test_a_region_is_guessed_only_from_enough_numbers_that_agree() -> None:
    assert guess_region(["DE"] * 4) is None
    assert guess_region(["DE"] * 5) == "DE"
    assert guess_region(["DE"] * 3 + ["US"] * 2) == "DE"
    assert guess_region(["DE"] * 3 + ["US"] * 3) is None


@pytest.mark.parametrize(
    ("raw", "value", "valid"),
    [
        ("Ana@Example.COM", "ana@example.com", True),
        ("mailto:ana@example.com", "ana@example.com", True),
        ('"Ana" <ana@example.com>', "ana@example.com", True),
        ("not an address", "not an address", False),
    ],
)
def test_addresses_are_lower_case(raw: str, value: str, valid: bool) -> None:
    assert parse_email(raw) == (value, valid)


@pytest.mark.parametrize(
    "raw",
    [
        "https://www.linkedin.com/in/mira-examplov%C3%A1",
        "http://linkedin.com/in/Mira-Examplová/",
        "de.linkedin.com/in/mira-examplová?trk=public",
        "www.linkedin.com/in/mira-examplová",
    ],
)
def test_one_profile_has_one_address(raw: str) -> None:
    assert parse_url(raw) == ("https://www.linkedin.com/in/mira-examplová", True)


@given(st.sampled_from(POINT_KINDS), st.text(max_size=60), st.sampled_from([None, "DE", "US"]))
def test_no_text_breaks_a_point(kind: str, raw: str, region: str | None) -> None:
    for value, valid, sure in parse_point(kind, raw, region, region_sure=False):
        assert isinstance(value, str)
        assert valid or not sure
