"""vCard files: dates, relations, keys and the heads of properties.

``~`` in the test cards stands for a line end.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from notworking.records import Contact, Point, Record

Read = Callable[[str | bytes], list[Record]]
One = Callable[[str | bytes], Contact]


def raw_of(contact: Contact) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(contact.raw)
    return row


def phones(contact: Contact) -> list[str]:
    return [point.raw for point in contact.points if point.kind == "phone"]


def flags(contact: Contact) -> list[str]:
    return list(raw_of(contact).get("flags", []))


# --- dates and relations -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-05", "--03-05"),
        ("BDAY:1604-03-05", "--03-05"),
        ("BDAY:--0305", "--03-05"),
        ("BDAY:--03-05", "--03-05"),
        ("BDAY:--0229", "--02-29"),
        ("BDAY:19800203", "1980-02-03"),
        ("BDAY;VALUE=date:1980-02-03", "1980-02-03"),
        ("BDAY:1980-02-03T00:00:00Z", "1980-02-03"),
        ("BDAY:1980/2/3", "1980-02-03"),
        ("BDAY:---03", None),
        ("BDAY:1980", None),
        ("BDAY:1980-02", None),
        ("BDAY;VALUE=text:circa 1980", None),
        ("BDAY:3/2/1980", None),
        ("BDAY:1981-02-29", None),
        ("BDAY:0000-00-00", None),
        ("BDAY:1899-12-30", None),
        ("BDAY:1900-01-00", None),
        ("BDAY:1601-01-01", None),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1999-07-10;3;;", "1999-07-10"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1999-07-10;1;;", None),
    ],
)
def test_birthdays_are_read_without_guessing(
    one_card: One, line: str, birthday: str | None
) -> None:
    assert one_card("FN:A~" + line).birthday == birthday


def test_a_birthday_that_is_not_understood_is_kept_as_written(one_card: One) -> None:
    assert raw_of(one_card("FN:A~BDAY:3/2/1980"))["bday"] == ["3/2/1980"]


@pytest.mark.parametrize(
    ("rev", "as_of"),
    [
        ("20240102T030405Z", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2024-01-02T03:04:05.678+02:00", datetime(2024, 1, 2, 1, 4, 5, tzinfo=UTC)),
        ("2024-01-02", datetime(2024, 1, 2, tzinfo=UTC)),
        ("1601-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("2024-13-45", None),
        ("yesterday", None),
    ],
)
def test_the_time_of_the_last_edit_is_read(one_card: One, rev: str, as_of: datetime | None) -> None:
    assert one_card(f"FN:A~REV:{rev}").as_of == as_of


@pytest.mark.parametrize(
    ("lines", "label", "kind", "name"),
    [
        ("RELATED;TYPE=spouse;VALUE=text:Sam", "spouse", "partner", "Sam"),
        ("RELATED;TYPE=co-worker:urn:uuid:AB", "co-worker", "work", "AB"),
        ("i.X-ABRELATEDNAMES:Sam~i.X-ABLabel:_$!<Mother>!$_", "Mother", "family", "Sam"),
        ("i.X-ABRELATEDNAMES:Sam~i.X-ABLabel:Referred by", "Referred by", "introduced_by", "Sam"),
        (
            "i.X-ABRELATEDNAMES:Sam~i.X-ABLabel:DOMESTIC PARTNER",
            "DOMESTIC PARTNER",
            "partner",
            "Sam",
        ),
        ("X-MS-CHILD:Sam", "child", "family", "Sam"),
        ("X-KADDRESSBOOK-X-ManagersName:Sam", "manager", "work", "Sam"),
        ("AGENT:Sam", "agent", "work", "Sam"),
        (
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Sam;11;;",
            "referred by",
            "introduced_by",
            "Sam",
        ),
        (
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Sam;0;godson;",
            "godson",
            "other",
            "Sam",
        ),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Sam;99;;", "other", "other", "Sam"),
    ],
)
def test_named_relations_are_kept(
    one_card: One, lines: str, label: str, kind: str, name: str
) -> None:
    related = raw_of(one_card("FN:A~" + lines))["related"]
    assert related == [{"label": label, "kind": kind, "name": name}]


def test_other_dates_and_groups_are_kept(one_card: One) -> None:
    raw = raw_of(
        one_card(
            "FN:A~X-EVOLUTION-ANNIVERSARY:2001-02-03~i.X-ABDATE:2012-06-01~i.X-ABLabel:first met~"
            "CATEGORIES:Climbing,Family\\, close~X-WHATEVER:1~X-WHATEVER:2~GENDER:F"
        )
    )
    assert raw["dates"] == [["anniversary", "2001-02-03"], ["first met", "2012-06-01"]]
    assert raw["categories"] == ["Climbing", "Family, close"]
    assert (raw["other"], raw["gender"]) == ({"X-WHATEVER": 2}, "F")


# --- keys ----------------------------------------------------------------------------------------


def test_the_key_is_the_uid_in_one_form(one_card: One) -> None:
    assert one_card("FN:A~UID:urn:uuid:AB-cd").key == "ab-cd"
    assert one_card("FN:A~UID:AB:ABPerson").key == "ab:abperson"
    assert one_card("FN:A~UID:0").key.startswith("sha256:")


def test_a_card_without_uid_keeps_its_key_in_another_order_folding_and_edit_time(
    one_card: One,
) -> None:
    first = one_card("FN:Ana Example~TEL:1~REV:20240101T000000Z~PHOTO;ENCODING=b:AAAA")
    second = one_card("TEL:1~FN:Ana Exam~ ple~REV:20250101T000000Z")
    assert first.key == second.key
    assert first.key != one_card("FN:Ana Example~TEL:2").key


def test_two_cards_with_one_uid_are_both_told(read_cards: Read) -> None:
    card = "BEGIN:VCARD~FN:A~UID:x~REV:{}0101T000000Z~END:VCARD~"
    old, new = read_cards(card.format(2020) + card.format(2024))
    assert isinstance(old, Contact)
    assert isinstance(new, Contact)
    assert old.key == new.key == "x"
    assert old.as_of is not None
    assert new.as_of is not None
    assert old.as_of < new.as_of


# --- heads ---------------------------------------------------------------------------------------


def test_colons_and_semicolons_in_quotes_do_not_end_a_head(one_card: One) -> None:
    contact = one_card('FN:A~EMAIL;X-NAME="Ana: a; b";TYPE=HOME:a@example.com')
    assert contact.points == (Point("email", "a@example.com", "home"),)


def test_odd_names_of_properties_are_read(one_card: One) -> None:
    contact = one_card("a.b.FN:A~X-messaging/xmpp-All:ana~tel ; HOME :1~X_FOO:x")
    assert contact.full_name == "A"
    assert [(p.kind, p.raw) for p in contact.points] == [("phone", "1"), ("handle", "ana")]
    assert raw_of(contact)["other"] == {"X-FOO": 1}


def test_an_unclosed_quote_does_not_lose_the_line(one_card: One) -> None:
    assert phones(one_card('FN:A~TEL;TYPE="home:1')) == ["1"]


def test_labels_and_parameters_may_hold_any_sign(one_card: One) -> None:
    contact = one_card(b'FN:A\nTEL;7BIT;X-B\xfcro:1\nN;SORT-AS="O^\'A^n^^":E;A')
    assert contact.points == (Point("phone", "1", "Büro"),)
    assert raw_of(contact)["phonetic"] == ['O"A\n^']


def test_many_kinds_of_properties_are_no_fault(one_card: One) -> None:
    contact = one_card("FN:A~" + "".join(f"X-P{number}:1~" for number in range(250)))
    assert len(raw_of(contact)["other"]) == 250
    assert "flags" not in raw_of(contact)
