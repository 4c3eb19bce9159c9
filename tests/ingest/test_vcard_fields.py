"""vCard files: what single properties say, in the words of every program that writes them.

``~`` in the test cards stands for a line end.
"""

from __future__ import annotations

import json
from collections.abc import Callable
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


# --- heads ---------------------------------------------------------------------------------------


def test_a_head_in_quotes_is_read_the_same_every_time(one_card: One) -> None:
    line = 'TEL;VALUE=uri;TYPE="work,voice":tel:+1-202-555-01{}'
    contact = one_card(f"FN:A~{line.format(10)}~{line.format(11)}")
    told = raw_of(contact)["tel"]
    assert [(one["value"], one["types"]) for one in told] == [
        ("+1-202-555-0110", ["work", "voice"]),
        ("+1-202-555-0111", ["work", "voice"]),
    ]


def test_a_quote_left_open_in_one_head_changes_no_other(one_card: One) -> None:
    lines = 'EMAIL;TYPE="home:ana@example.com~EMAIL;TYPE="home:x":bo@example.com'
    for _ in range(2):
        mails = raw_of(one_card(f"FN:A~{lines}"))["email"]
        assert [mail["value"] for mail in mails] == ["ana@example.com", "bo@example.com"]


# --- names ---------------------------------------------------------------------------------------


def test_commas_cut_lists_and_nothing_else(one_card: One) -> None:
    contact = one_card(
        "FN:Rivera, Ana Q.~NICKNAME:Bo,Bobby~ORG:Acme\\; Sons;Sales, North~NOTE:a, b\\, c~"
        "TITLE:x, y"
    )
    assert contact.full_name == "Rivera, Ana Q."
    assert contact.nickname == "Bo, Bobby"
    assert contact.company == "Acme; Sons"
    assert raw_of(contact)["org"] == ["Acme; Sons", "Sales, North"]
    assert (contact.note, contact.title) == ("a, b, c", "x, y")


def test_escapes_of_every_version_are_undone_once(one_card: One) -> None:
    assert one_card('FN:A~NOTE:a\\nb\\Nc\\\\n\\:\\"\\x C:\\temp').note == 'a\nb\nc\\n:"\\x C:\\temp'


@pytest.mark.parametrize(
    ("body", "full", "relation"),
    [
        ("FN:~N:Example;Ana;Q;;", "Ana Q Example", "address_book"),
        ("N:;Ana;;;", "Ana", "address_book"),
        ("FN: ~NICKNAME:Bo", "Bo", "address_book"),
        ("FN:~N:;;;;~ORG:Acme~EMAIL:info@example.com", "Acme", "organisation"),
        ("EMAIL:ana.example@example.com", "ana.example", "address_book"),
        ("TEL:+1 202 555 0143", "+1 202 555 0143", "address_book"),
    ],
)
def test_a_missing_name_is_made_of_the_next_best(
    one_card: One, body: str, full: str, relation: str
) -> None:
    contact = one_card(body)
    assert (contact.full_name, contact.relation) == (full, relation)
    assert flags(contact) == ["name_made_up"]


def test_a_whole_name_in_the_family_field_is_no_family_name(one_card: One) -> None:
    contact = one_card("N:Ana Example~FN:Ana Example")
    assert (contact.full_name, contact.given_name, contact.family_name) == (
        "Ana Example",
        None,
        None,
    )


def test_parts_beyond_the_fifth_of_a_name_are_ignored(one_card: One) -> None:
    assert raw_of(one_card("N:E;Ana,Maria;;Dr.;PhD;x;y~FN:A"))["n"] == [
        "E",
        "Ana Maria",
        "",
        "Dr.",
        "PhD",
    ]


def test_phonetic_and_earlier_names_are_kept(one_card: One) -> None:
    contact = one_card(
        "FN:Ana~X-PHONETIC-FIRST-NAME:Anna~X-PHONETIC-LAST-NAME:Eks~SORT-STRING:Example~"
        "X-MAIDENNAME:Vorher~X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Annie;1;;"
    )
    assert raw_of(contact)["phonetic"] == ["Anna Eks", "Example"]
    assert contact.nickname == "Vorher, Annie"


@pytest.mark.parametrize(
    "body", ["X-ABShowAs:COMPANY~FN:Acme", "KIND:org~FN:Acme", "FN:Acme~N:;;;;~ORG:Acme;"]
)
def test_companies_are_no_people(one_card: One, body: str) -> None:
    assert one_card(body).relation == "organisation"


def test_groups_name_their_members_by_the_key_of_their_cards(read_cards: Read) -> None:
    person, group, other = read_cards(
        "BEGIN:VCARD~FN:A~UID:urn:uuid:AB-1~END:VCARD~"
        "BEGIN:VCARD~X-ADDRESSBOOKSERVER-KIND:group~N:Climbing~FN:Climbing~"
        "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:AB-1~X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:C~END:VCARD~"
        "BEGIN:VCARD~KIND:group~FN:G~MEMBER:mailto:dora@example.com~END:VCARD~"
    )
    assert isinstance(person, Contact)
    assert isinstance(group, Contact)
    assert isinstance(other, Contact)
    assert person.key == "ab-1"
    assert (group.relation, group.full_name, group.family_name) == ("group", "Climbing", None)
    assert raw_of(group)["members"] == [person.key, "c"]
    assert raw_of(other)["members"] == ["dora@example.com"]
    assert (group.points, other.points) == ((), ())


# --- ways to reach somebody ----------------------------------------------------------------------


def test_labels_of_androids_own_making_are_read(one_card: One) -> None:
    contact = one_card(
        "FN:A~TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=41=72=62):+15550100~"
        "TEL;X-Ferien:+15550101~TEL;X-NEC-SECRET:+15550102"
    )
    assert [(p.raw, p.label) for p in contact.points] == [
        ("+15550100", "Arb"),
        ("+15550101", "Ferien"),
        ("+15550102", None),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "item1.TEL:+1 202 555 0199~item1.X-ABLabel:_$!<Mobile>!$_",
        "item1.X-ABLabel:_$!<Mobile>!$_~ITEM1.TEL:+1 202 555 0199",
    ],
)
def test_labels_of_groups_may_stand_before_or_after(one_card: One, body: str) -> None:
    assert one_card("FN:A~" + body).points == (Point("phone", "+1 202 555 0199", "Mobile"),)


def test_a_fax_with_a_label_of_its_own_stays_a_fax(one_card: One) -> None:
    contact = one_card(
        "FN:A~i.TEL;TYPE=FAX:1~i.X-ABLabel:Shop~TEL;HOME;FAX:2~TEL;PAGER:3~TEL;CELL;WORK:4"
    )
    assert [p.label for p in contact.points] == ["Shop fax", "home fax", "pager", "work mobile"]


def test_numbers_as_addresses_keep_their_extension_apart(one_card: One) -> None:
    contact = one_card('FN:A~TEL;VALUE=uri;TYPE="work,voice":tel:+1-202-555-0143;ext=5')
    assert contact.points == (Point("phone", "+1-202-555-0143;ext=5", "work"),)
    assert raw_of(contact)["tel"] == [
        {"value": "+1-202-555-0143", "ext": "5", "label": "work", "types": ["work", "voice"]}
    ]


def test_the_full_number_of_whatsapp_is_added_where_it_says_more(one_card: One) -> None:
    contact = one_card(
        "FN:A~TEL;waid=12025550143:202 555-0143~TEL;waid=12025550144:+1 202-555-0144"
    )
    assert contact.points == (
        Point("phone", "202 555-0143", None, "US"),
        Point("phone", "+12025550143", "WhatsApp"),
        Point("phone", "+1 202-555-0144"),
    )


@pytest.mark.parametrize(
    ("others", "region"),
    [
        ("ADR:;;;Berlin;;;Germany", "DE"),
        ("ADR:;;;Berlin;;;deutschland", "DE"),
        ("ADR:;;;London;;;UK", "GB"),
        ("ADR:;;;Praha;;;Česko", "CZ"),
        ("ADR:;;;;;;fr", "FR"),
        ("i.ADR:;;1 Example Way;;;;~i.X-ABADR:at", "AT"),
        ("TEL:+44 20 7946 0101", "GB"),
        ("TEL:0049 30 23125 101", "DE"),
        ("TEL:+44 20 7946 0101~ADR:;;;Berlin;;;Germany", "GB"),
        ("TEL:+44 20 7946 0101~TEL:+49 30 23125 101~ADR:;;;;;;Germany", "DE"),
        ("ADR:;;;;;;Germany~ADR:;;;;;;France", None),
        ("TEL:+800 1234 5678", None),
        ("TEL:+999 1234 5678", None),
        ("ADR:;;;Springfield;;;", None),
        ("ADR:;;;;;;Nowhereland", None),
    ],
)
def test_national_numbers_get_the_country_that_the_card_states(
    one_card: One, others: str, region: str | None
) -> None:
    contact = one_card(f"FN:A~TEL:030 555 0143~{others}")
    assert contact.points[0] == Point("phone", "030 555 0143", None, region)
    assert all(p.region is None for p in contact.points if p.raw.startswith(("+", "00")))


def test_mail_addresses_lose_what_stands_around_them(one_card: One) -> None:
    contact = one_card(
        'FN:A~EMAIL;TYPE=INTERNET;TYPE=WORK:mailto:Ana@Example.com~EMAIL:"Ana" <b@example.org>~'
        "EMAIL;X400:c=de;s=a~EMAIL:~EMAIL:b@example.org"
    )
    assert contact.points == (
        Point("email", "Ana@Example.com", "work"),
        Point("email", "b@example.org"),
    )


def test_addresses_are_read_in_any_shape(one_card: One) -> None:
    contact = one_card(
        "FN:A~ADR;HOME;PREF;:;;1 Example Way;Springfield;;;~"
        "ADR;TYPE=WORK:;Room 4\\, left\\n2 Example Way;;;;;~LABEL:ignored"
    )
    assert contact.points == (
        Point("address", "1 Example Way, Springfield", "home"),
        Point("address", "Room 4, left, 2 Example Way", "work"),
    )
    assert contact.location == "Springfield"


def test_the_home_address_is_the_location(one_card: One) -> None:
    contact = one_card("FN:A~ADR;WORK:;;;Berlin;;;Germany~ADR;HOME:;;;Potsdam;BB;14467;Germany")
    assert contact.location == "Potsdam, BB, Germany"


@pytest.mark.parametrize(
    ("line", "points"),
    [
        (
            "URL:http\\://www.linkedin.com/in/ana-example/",
            [
                ("url", "http://www.linkedin.com/in/ana-example/", "linkedin"),
                ("handle", "ana-example", "linkedin"),
            ],
        ),
        (
            "URL:https://facebook.com/profile.php?id=12345",
            [
                ("url", "https://facebook.com/profile.php?id=12345", "facebook"),
                ("handle", "12345", "facebook"),
            ],
        ),
        (
            "URL:https://x.com/@ana",
            [("url", "https://x.com/@ana", "twitter"), ("handle", "ana", "twitter")],
        ),
        (
            "URL:https://www.linkedin.com/company/acme",
            [("url", "https://www.linkedin.com/company/acme", "linkedin")],
        ),
        ("URL:https://example.com/in/x", [("url", "https://example.com/in/x", None)]),
        (
            "X-SOCIALPROFILE;type=linkedin;x-user=ana:http://www.linkedin.com/in/ana-e",
            [
                ("url", "http://www.linkedin.com/in/ana-e", "linkedin"),
                ("handle", "ana", "linkedin"),
            ],
        ),
        ("X-SOCIALPROFILE;type=twitter;x-user=ana:x-apple:ana", [("handle", "ana", "twitter")]),
        ("SOCIALPROFILE;SERVICE-TYPE=Mastodon:@ana", [("handle", "@ana", "mastodon")]),
        ("IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:ana", [("handle", "ana", "skype")]),
        ("IMPP:xmpp:ana%40example.com", [("handle", "ana@example.com", "xmpp")]),
        ("X-GOOGLE TALK;TYPE=WORK:ana", [("handle", "ana", "gtalk")]),
        ("X_SKYPE_USERNAME:ana", [("handle", "ana", "skype")]),
        (
            "X-messaging/icq-All:111\ue000222",
            [("handle", "111", "icq"), ("handle", "222", "icq")],
        ),
    ],
)
def test_profiles_and_messengers_are_read(
    one_card: One, line: str, points: list[tuple[str, str, str | None]]
) -> None:
    assert [(p.kind, p.raw, p.label) for p in one_card("FN:A~" + line).points] == points


def test_the_linkedin_address_is_the_profile(one_card: One) -> None:
    contact = one_card("FN:A~URL:https://facebook.com/ana~URL:https://de.linkedin.com/in/ana-e")
    assert contact.profile_url == "https://de.linkedin.com/in/ana-e"
