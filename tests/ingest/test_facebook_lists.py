"""Friends, address books and the profile: keys that last, and people that stay apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from notworking.ingest.facebook import address_books, friends, phone_logs, pokes, profile
from notworking.ingest.facebook._values import is_deleted, microseconds, when
from notworking.ingest.importer import Content, Importer
from notworking.records import Contact, Event, Party, Point, Reject

MakeContent = Callable[[bytes], Content]
FRIENDS, REMOVED, RECEIVED, SENT, REJECTED = friends.IMPORTERS
BOOK, IMPORTED = address_books.IMPORTERS


def extracted(importer: Importer, value: Any, content: MakeContent) -> list[Any]:
    return list(importer.extract(content(json.dumps(value).encode()), "x.json"))


def test_only_the_friends_list_claims_to_be_complete() -> None:
    assert [importer.complete for importer in friends.IMPORTERS] == [True] + [False] * 4


def test_two_friends_of_one_name_stay_two(content: MakeContent) -> None:
    pair = [{"name": "John Sample", "timestamp": at} for at in (1600000000, 1400000000)]
    first, second = extracted(FRIENDS, {"friends_v2": pair}, content)
    assert (first.key, second.key) == ("John Sample|1600000000", "John Sample|1400000000")
    assert second.connected_at == datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)


@pytest.mark.parametrize("value", [{"friends": []}, {"friends_v2": []}, []])
def test_an_empty_list_is_no_fault(value: object, content: MakeContent) -> None:
    assert extracted(FRIENDS, value, content) == []


def test_a_list_of_one_may_be_the_bare_record(content: MakeContent) -> None:
    (one,) = extracted(FRIENDS, {"friends_v2": {"name": "Bo Sample", "timestamp": 5}}, content)
    assert one.key == "Bo Sample|5"


@pytest.mark.parametrize("name", ["", "  ", "Facebook user", "Facebook User", "Facebook-Nutzer"])
def test_deactivated_friends_are_rejected_with_their_place(name: str, content: MakeContent) -> None:
    (reject,) = extracted(FRIENDS, {"friends_v2": [{"name": name, "timestamp": 5}]}, content)
    assert isinstance(reject, Reject)
    assert reject.place == "friends_v2[0]"
    assert reject.reason == "friend without a name (deactivated account)"


def test_direction_marks_leave_the_key_and_not_the_name(content: MakeContent) -> None:
    name = "\u202aBo\u202c  Sample"
    (one,) = extracted(FRIENDS, {"friends": [{"name": name, "timestamp": 5}]}, content)
    assert (one.key, one.full_name) == ("Bo Sample|5", name)


@pytest.mark.parametrize(
    ("importer", "key", "direction", "text"),
    [
        (RECEIVED, "received_requests", "in", None),
        (SENT, "sent_requests_v2", "out", None),
        (REJECTED, "rejected_requests", "in", "rejected"),
    ],
)
def test_a_request_is_an_invitation(
    importer: Importer, key: str, direction: str, text: str | None, content: MakeContent
) -> None:
    (event,) = extracted(importer, {key: [{"name": "Dee Sample", "timestamp": 5}]}, content)
    assert isinstance(event, Event)
    assert event.kind == "invitation"
    assert event.party == Party(None, "Dee Sample")
    assert (event.direction, event.text) == (direction, text)
    assert event.key == f"request|{text or direction}|Dee Sample|5"


def contact_point(name: str, point: str) -> dict[str, Any]:
    labels = [("Contact name", name), ("Contact point", point)]
    return {"label_values": [{"label": label, "value": value} for label, value in labels]}


def test_points_of_one_full_name_make_one_card(content: MakeContent) -> None:
    value = [
        contact_point("Bo Sample", "+1 202 555 0101"),
        contact_point("Cy Sample", "cy@example.com"),
        contact_point("bo  sample", "Bo@Example.com"),
    ]
    bo, cy = extracted(IMPORTED, value, content)
    assert bo.key == "bo@example.com"
    assert bo.points == (Point("phone", "+1 202 555 0101"), Point("email", "Bo@Example.com"))
    assert (cy.key, cy.full_name) == ("cy@example.com", "Cy Sample")


def test_a_single_word_does_not_gather_cards(content: MakeContent) -> None:
    value = [contact_point("Mum", "+12025550101"), contact_point("Mum", "+12025550102")]
    assert [card.key for card in extracted(IMPORTED, value, content)] == [
        "12025550101",
        "12025550102",
    ]


def test_two_people_with_one_phone_stay_two(content: MakeContent) -> None:
    value = [contact_point("Mum", "+12025550103"), contact_point("Dad", "+1 202 555-0103")]
    keys = [card.key for card in extracted(IMPORTED, value, content)]
    assert keys == ["12025550103|Mum", "12025550103|Dad"]
    assert [card.key for card in extracted(IMPORTED, value[::-1], content)] == keys[::-1]


def test_labels_in_an_unknown_language_are_no_obstacle(content: MakeContent) -> None:
    record = {
        "label_values": [
            {"label": "user_id", "value": "100000000000001"},
            {"label": "連絡先", "value": "hana@example.org"},
            {"label": "名前", "value": "Hana Sample"},
            {"label": "時刻", "timestamp_value": 1400000000},
        ]
    }
    (card,) = extracted(IMPORTED, record, content)
    assert (card.key, card.full_name) == ("hana@example.org", "Hana Sample")
    assert card.as_of == datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)


def test_the_owners_own_card_is_the_owner(content: MakeContent) -> None:
    own = {"name": "Me", "details": [{"extra_data": {"is_user_profile": "1"}}]}
    (card,) = extracted(BOOK, {"address_book": {"address_book": [own]}}, content)
    assert card.relation == "self"


def test_a_number_in_place_of_a_name_is_no_name(content: MakeContent) -> None:
    card = {"name": "+12025550104", "details": [{"contact_point": "+12025550104"}]}
    (found,) = extracted(BOOK, {"address_book_v2": {"address_book": [card]}}, content)
    assert (found.full_name, found.key) == (None, "12025550104")


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ({"year": 1980, "month": 5, "day": 17}, "1980-05-17"),
        ({"month": 2, "day": 29}, "--02-29"),
        ({"year": 0, "month": 2, "day": 29}, "--02-29"),
        ({"year": 1981, "month": 2, "day": 29}, None),
        ({"year": 1980}, None),
        ("1980-05-17", None),
        ({"year": 10**9, "month": 1, "day": 1}, None),
    ],
)
def test_birthdays(value: object, iso: str | None) -> None:
    assert profile.birthday(value) == iso


def test_a_partner_and_family_are_correspondents_with_their_bond(content: MakeContent) -> None:
    value = {
        "profile_v2": {
            "name": {"full_name": "Ada Example"},
            "relationship": {"status": "Married", "partner": "Bo Sample"},
            "family_members": [{"name": "Dee Example", "relation": "Sister"}],
        }
    }
    owner, dee, bo = extracted(profile.IMPORTER, value, content)
    assert (owner.relation, owner.key, owner.full_name) == ("self", "self:profile", "Ada Example")
    assert (dee.relation, dee.key, dee.note) == ("correspondent", "Dee Example", "Sister")
    assert (bo.key, bo.note) == ("Bo Sample", "Married")


def test_a_poke_names_both_sides_and_leaves_the_owner_open(content: MakeContent) -> None:
    (poke,) = extracted(
        pokes.IMPORTER, {"pokes": {"poker": "Bo", "pokee": "Ada", "timestamp": 5}}, content
    )
    assert (poke.party, poke.recipients) == (Party(None, "Bo"), (Party(None, "Ada"),))
    assert poke.direction is None


def test_calls_are_keyed_by_digits_like_address_book_cards(content: MakeContent) -> None:
    call = {"call_type": "INCOMING", "start_timestamp": 1450000000, "duration": 9}
    (event,) = extracted(
        phone_logs.IMPORTERS[0], {"call_logs": {"+1 202 555 0101": [call]}}, content
    )
    card = {"name": "Bo Sample", "details": [{"contact_point": "+12025550101"}]}
    (contact,) = extracted(BOOK, {"address_book": {"address_book": [card]}}, content)
    assert isinstance(contact, Contact)
    assert event.party.key == contact.key == "12025550101"
    assert event.direction == "in"


@pytest.mark.parametrize(
    ("value", "count"),
    [
        (1_700_000_000, 1_700_000_000_000_000),
        (1_700_000_000_123, 1_700_000_000_123_000),
        ("1700000000", 1_700_000_000_000_000),
        (1_700_000_000.0, 1_700_000_000_000_000),
        (-86_400, -86_400_000_000),
        (0, None),
        (-1, None),
        (True, None),
        (-62_169_958_800, None),
        (10**30, None),
        (float("nan"), None),
        (float("inf"), None),
        ("soon", None),
        (None, None),
    ],
)
def test_the_unit_of_a_time_is_told_from_its_size(value: object, count: int | None) -> None:
    assert microseconds(value) == count
    assert (when(value) is None) == (count is None)


def test_names_of_deleted_accounts_are_known_in_many_languages() -> None:
    assert all(
        map(is_deleted, ["", " ", "Facebook user", "Utilisateur Facebook", "Facebookユーザー"])
    )
    assert not is_deleted("Facebook userand3others")
