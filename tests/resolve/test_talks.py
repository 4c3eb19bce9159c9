"""What conversations say of who is who: the same one, the same first message, two members."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.resolve import explain, resolve
from notworking.resolve.talks import find_rooms, meet


def evidence(book: Any, a: int, b: int) -> tuple[str, str]:
    for row in book.resolve().matches.iter_rows(named=True):
        if (row["contact_a"], row["contact_b"]) == (a, b):
            return row["verdict"], row["evidence"]
    return "different", "[]"


def terms(book: Any, a: int, b: int) -> dict[str, float]:
    return {term["term"]: term["bits"] for term in json.loads(evidence(book, a, b)[1])}


def test_a_conversation_of_two_under_a_new_family_name_is_one_person(book: Any) -> None:
    a = book.add("linkedin", "Tilda Marlow", profile_url="https://www.linkedin.com/in/tilda-marlow")
    b = book.add("linkedin", "Tilda Quarmby", profile_url="https://www.linkedin.com/in/t-quarmby")
    assert evidence(book, a, b)[0] == "different"
    for contact in (a, b):
        book.rows[contact - 1]["threads"] = [77, 5]
    verdict, told = evidence(book, a, b)
    assert verdict == "same"
    assert "same conversation of two (+8.0)" in explain(told)


def test_a_conversation_of_two_with_two_given_names_is_asked_about(book: Any) -> None:
    a = book.add("facebook", "Ruth Marlow", relation="correspondent", threads=[77])
    b = book.add("messenger", "Peter Marlow", relation="correspondent", threads=[77])
    assert evidence(book, a, b)[0] != "same"


def test_one_conversation_under_quite_other_names_joins_nobody(book: Any) -> None:
    names = ("Ruth Marlow", "Peter Quarmby", "Wendel Hollow", "Ada Thorn")
    seats = [book.add("messenger", name, relation="correspondent", threads=[77]) for name in names]
    groups = book.groups()
    assert len({groups[seat] for seat in seats}) == 4


def test_who_left_without_a_name_is_whose_conversation_it_was(book: Any) -> None:
    a = book.add("messenger", "Ruth Marlow", relation="correspondent", threads=[77])
    b = book.add("facebook", "", relation="correspondent", threads=[77])
    assert evidence(book, a, b)[0] == "same"


def test_two_members_of_one_conversation_are_two_people(book: Any) -> None:
    a = book.add("messenger", "Sarah Meyerling", relation="correspondent", rooms=[3, 9])
    b = book.add("messenger", "Sara Meyerling", relation="correspondent", rooms=[9, 12])
    verdict, told = evidence(book, a, b)
    assert verdict == "different"
    assert terms(book, a, b).get("limit", 0.0) < 0.0 or told == "[]"
    book.rows[b - 1]["rooms"] = [10, 12]
    assert terms(book, a, b)["competition"] == pytest.approx(0.0, abs=0.5)
    assert "limit" not in terms(book, a, b)


def test_the_same_first_message_speaks_for_one_person(book: Any) -> None:
    a = book.add("linkedin", "Wendel Marlow", first_message="1")
    b = book.add("facebook", "Wendel Marlowe", first_message="2")
    for place, row in enumerate(book.rows[:300]):
        row["first_message"] = f"x{place}"
    apart = evidence(book, a, b)[1]
    book.rows[b - 1]["first_message"] = "1"
    assert terms(book, a, b)["opening"] > 3.0
    assert "same first message (+" in explain(evidence(book, a, b)[1])
    book.rows[b - 1]["first_message"] = None
    assert evidence(book, a, b)[1] == apart


def test_a_first_message_sent_to_everybody_says_nothing(book: Any) -> None:
    a = book.add("linkedin", "Wendel Marlow", first_message="1")
    b = book.add("facebook", "Wendel Marlowe", first_message="1")
    for row in book.rows[:300]:
        row["first_message"] = "1"
    assert "opening" not in terms(book, a, b)


def test_nothing_changes_where_no_conversation_is_known(book: Any) -> None:
    book.add("linkedin", "Tilda Marlow")
    book.add("facebook", "Tilda Marlow")
    contacts, points, decisions = book.frames()
    without = contacts.drop("threads", "rooms", "first_message")
    one, other = resolve(contacts, points, decisions), resolve(without, points, decisions)
    assert one.matches.equals(other.matches)
    assert one.clusters.equals(other.clusters)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.none(), st.lists(st.integers(-5, 9), max_size=5)), max_size=7))
def test_who_meets_whom_equals_looking_at_every_two_lists(lists: list[list[int] | None]) -> None:
    rooms = find_rooms(pl.Series("rooms", lists, dtype=pl.List(pl.Int64)))
    pairs = [(a, b) for a in range(len(lists)) for b in range(len(lists))]
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    expected = [bool({*(lists[a] or ())} & {*(lists[b] or ())}) for a, b in pairs]
    assert meet(rooms, left, right).tolist() == expected
