"""What speaks for or against a pair beside its names, and what common names may not do alone."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from notworking.resolve.identifiers import first_word, mail_company

START = datetime(2015, 1, 1, tzinfo=UTC)
PHONE, MAIL = "+15550100", "someone@example.com"


def together(book: Any, *contacts: int) -> bool:
    groups = book.groups()
    return len({groups[c] for c in contacts}) == 1


def terms(book: Any, a: int, b: int) -> dict[str, float]:
    for row in book.resolve().matches.iter_rows(named=True):
        if (row["contact_a"], row["contact_b"]) == (a, b):
            return {term["term"]: term["bits"] for term in json.loads(row["evidence"])}
    return {}


@pytest.mark.parametrize(
    "both",
    [{}, {"company": "Quarmby Mills"}, {"location": "Leeds"}],
    ids=["nothing else", "one employer", "one town"],
)
def test_two_common_names_are_left_to_the_user(book: Any, both: dict[str, str]) -> None:
    a = book.add("linkedin", "James Smith", **both)
    b = book.add("vcard", "James Smith", **both)
    assert not together(book, a, b)
    rows = book.resolve().matches.rows(named=True)
    assert [r["verdict"] for r in rows if (r["contact_a"], r["contact_b"]) == (a, b)] == ["unsure"]


@pytest.mark.parametrize(
    "both",
    [{"birthday": "1980-04-12"}, {"phones": [PHONE]}, {"mails": [MAIL]}],
    ids=["birthday", "number", "address"],
)
def test_two_common_names_are_one_with_something_of_their_own(
    book: Any, both: dict[str, Any]
) -> None:
    a = book.add("linkedin", "James Smith", **both)
    b = book.add("vcard", "James Smith", **both)
    assert together(book, a, b)


def test_a_common_name_turned_round_is_still_common(book: Any) -> None:
    a = book.add("linkedin", "James Smith", company="Quarmby Mills")
    b = book.add("vcard", given_name="Smith", family_name="James", company="Quarmby Mills")
    assert not together(book, a, b)


def test_a_common_given_name_and_an_employer_are_no_person(book: Any) -> None:
    a = book.add("linkedin", "James Marlow", company="Quarmby Mills")
    b = book.add("vcard", "James", company="Quarmby Mills")
    assert not together(book, a, b)


def test_a_rare_name_alone_is_enough(book: Any) -> None:
    assert together(book, book.add("linkedin", "Tilda Marlow"), book.add("vcard", "Tilda Marlow"))


def test_an_address_book_that_was_uploaded_is_no_list_of_the_platform(book: Any) -> None:
    a = book.add("linkedin", "Tilda Marlow")
    b = book.add("linkedin", "Tilda Marlow", relation="address_book")
    c = book.add("linkedin", "Tilda Marlow", relation="correspondent")
    assert terms(book, a, b)["prior"] == pytest.approx(math.log2(0.30 / 401), abs=0.1)
    assert terms(book, a, c)["prior"] == pytest.approx(math.log2(0.80 / 401), abs=0.1)


def rare(place: int) -> str:
    """Return the name of the so-and-so-many-th of 60 people whom nobody is called like."""
    one, two, three = "bdfghklmnp"[place % 10], "aeiou"[place % 5], "rstvwz"[place // 10]
    return f"{one}{two}{three}elin {three}{two}{one}odaver".title()


def dated(book: Any, days_apart: int) -> None:
    """Give 60 rare people a friend's entry as well, so many days after the connection."""
    for place in range(60):
        since = START + timedelta(days=place * 31)
        name = rare(place)
        book.add("linkedin", name, connected_at=since)
        book.add("facebook", name, connected_at=since + timedelta(days=days_apart))


def test_connecting_on_two_platforms_within_days_speaks_for_one_person(book: Any) -> None:
    dated(book, 2)
    since = START + timedelta(days=777)
    a = book.add("linkedin", "James Smith", connected_at=since)
    b = book.add("facebook", "James Smith", connected_at=since + timedelta(days=3))
    assert terms(book, a, b)["dates"] > 4.0
    assert together(book, a, b)


def test_dates_count_against_a_pair_only_where_one_persons_dates_agree(book: Any) -> None:
    dated(book, 2)
    a = book.add("linkedin", "Wendel Marlow", connected_at=START)
    b = book.add("facebook", "Wendel Marlow", connected_at=START + timedelta(days=900))
    assert terms(book, a, b)["dates"] < -1.0


def test_dates_that_never_agree_say_nothing_against_a_pair(book: Any) -> None:
    dated(book, 400)
    a = book.add("linkedin", "Wendel Marlow", connected_at=START)
    b = book.add("facebook", "Wendel Marlow", connected_at=START + timedelta(days=900))
    assert abs(terms(book, a, b).get("dates", 0.0)) < 0.2


def test_a_middle_initial_may_be_the_name_somebody_goes_by(book: Any) -> None:
    a = book.add("linkedin", "Susan P. Marlow", mails=[MAIL])
    b = book.add("vcard", "Patricia Marlow", mails=[MAIL])
    assert together(book, a, b)


def test_one_slip_in_a_given_name_is_forgiven_where_an_address_is_shared(book: Any) -> None:
    a = book.add("linkedin", "Julia Quarmby", mails=[MAIL])
    b = book.add("vcard", "Jrlia Quarmby", mails=[MAIL])
    assert together(book, a, b)


def test_a_couple_with_one_mailbox_stays_two(book: Any) -> None:
    a = book.add("linkedin", "Mario Quarmby", mails=[MAIL])
    b = book.add("vcard", "Maria Quarmby", mails=[MAIL])
    assert not together(book, a, b)


def test_an_address_spells_out_the_initial_of_a_family_name(book: Any) -> None:
    a = book.add("linkedin", "Tilda Marlowquist")
    b = book.add("vcard", "Tilda M.", mails=["tmarlowquist@example.org"])
    assert together(book, a, b)
    c = book.add("vcard", "Tilda B.", mails=["tmarlowquist@example.com"])
    assert not together(book, a, c)


def test_two_entries_of_one_profile_are_one_person_even_in_one_list(book: Any) -> None:
    url = "https://www.linkedin.com/in/tilda-marlow"
    a = book.add("linkedin", "Tilda Marlow", profile_url=url)
    b = book.add("linkedin", "Tilda Marlow", profile_url=url)
    assert together(book, a, b)


def test_a_private_address_does_not_speak_against_one_at_work(book: Any) -> None:
    for place in range(60):
        name = rare(place)
        mail = f"p{place}@example.net"
        book.add("linkedin", name, mails=[mail], company="Quarmby Mills")
        book.add("google", name, mails=[mail])
    a = book.add("linkedin", "Wendel Marlow", mails=["wm@example.net"])
    work = book.add("google", "Wendel Marlow", mails=["wm@quarmbymills.example.com"])
    assert "no_common" not in terms(book, a, work)
    private = book.add("google", "Wendel Marlow", mails=["other@example.net"])
    assert terms(book, a, private)["no_common"] < -2.5


@pytest.mark.parametrize(
    ("address", "employer"),
    [
        ("a@quarmby.example.com", "quarmby"),
        ("a@mail.quarmby.co.uk", "quarmby"),
        ("a@example.com", ""),
        ("a@gmail.com", ""),
    ],
)
def test_the_domain_of_an_address_names_an_employer(address: str, employer: str) -> None:
    assert mail_company(address) == employer


def test_a_domain_may_be_the_first_word_of_an_employer(book: Any) -> None:
    for place in range(60):
        book.add("linkedin", rare(place), company=f"Hollow {place} Works")
    a = book.add("linkedin", "Tilda Marlow", company="Quarmby, Elm & Sons")
    b = book.add("vcard", "Tilda Marlow", mails=["tilda@quarmby.example.com"])
    assert first_word("Quarmby, Elm & Sons") == "quarmby"
    assert terms(book, a, b)["company"] > 2.0
    book.add("linkedin", "Wendel Hol", company="Quarmby Group")
    assert "company" not in terms(book, a, b)
