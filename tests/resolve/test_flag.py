from __future__ import annotations

from typing import Any


def reasons(book: Any) -> dict[tuple[int, ...], str]:
    return {tuple(ids): reason for ids, reason in book.resolve().flagged.rows()}


def test_two_entries_of_one_list_in_one_group_are_flagged(book: Any) -> None:
    a, b = book.add("facebook", "Tilda Marlow"), book.add("facebook", "Wendel Quarmby")
    book.decide(a, b, "same")
    assert reasons(book)[a, b] == "two entries of one list, where people stand once"


def test_two_birthdays_in_one_group_are_flagged(book: Any) -> None:
    a = book.add("facebook", "Tilda Marlow", birthday="1980-01-02")
    b = book.add("vcard", "Tilda Marlow", birthday="1981-05-06")
    book.decide(a, b, "same")
    assert reasons(book)[a, b] == "two different birthdays"


def test_a_group_of_more_than_25_is_flagged(book: Any) -> None:
    cards = [book.add("vcard", "Tilda Marlow", mails=["t@example.com"]) for _ in range(26)]
    assert reasons(book) == {tuple(cards): "26 contacts are a lot for one person"}


def test_a_mail_address_with_two_names_is_flagged(book: Any) -> None:
    a = book.add("vcard", "Tilda Marlow", mails=["desk4@example.com"])
    b = book.add("google", "Wendel Quarmby", mails=["desk4@example.com"])
    assert reasons(book) == {(a, b): "one mail address, two names: it may have changed hands"}


def test_ordinary_groups_are_not_flagged(book: Any) -> None:
    book.add("vcard", "Tilda Marlow", mails=["t@example.com"])
    book.add("linkedin", "Tilda Marlow", mails=["t@example.com"])
    assert reasons(book) == {}
