"""Lists and address books of Facebook and Instagram as JSON: what was written is what is read.

Every file is written both as Meta does, each byte of UTF-8 as a character of its own, and as
somebody's editor saves it again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.records import Contact, Event
from notworking.tests.ingest.drawn import ReadBack, words
from notworking.tests.ingest.drawn_meta import EXAMPLES, NAMES, PENS, SECONDS, MetaJson, Pen, at

# --- lists of people -----------------------------------------------------------------------------

PEOPLE = st.lists(st.tuples(NAMES, SECONDS), min_size=1, max_size=5)
FRIENDS = {
    ("friends/friends.json", "friends"): ("friends", "friend"),
    ("friends_and_followers/friends.json", "friends_v2"): ("friends", "friend"),
    ("connections/friends/your_friends.json", "friends_v2"): ("friends", "friend"),
    ("friends/removed_friends.json", "deleted_friends"): ("removed_friends", "removed"),
    ("connections/friends/removed_friends.json", "deleted_friends_v2"): (
        "removed_friends", "removed",
    ),
    ("following_and_followers/following.json", "following"): ("following", "following"),
    ("connections/followers/who_you've_followed.json", "following_v3"): ("following", "following"),
    ("friends_and_followers/followers.json", "followers_v2"): ("followers", "follower"),
}  # fmt: skip
REQUESTS = {
    ("friends/received_friend_requests.json", "received_requests"): ("received_requests", "in"),
    ("friends_and_followers/friend_requests_received.json", "received_requests_v2"): (
        "received_requests", "in",
    ),
    ("friends/sent_friend_requests.json", "sent_requests"): ("sent_requests", "out"),
    ("connections/friends/sent_friend_requests.json", "sent_requests_v2"): ("sent_requests", "out"),
    ("friends/rejected_friend_requests.json", "rejected_requests"): ("rejected_requests", "in"),
}  # fmt: skip


@pytest.mark.parametrize("layout", FRIENDS, ids=":".join)
@EXAMPLES
@given(people=PEOPLE, pen=PENS)
def test_friends(
    layout: tuple[str, str],
    people: list[tuple[str, int]],
    pen: Pen,
    meta_json: MetaJson,
    read_back: ReadBack,
) -> None:
    (path, key), (importer, relation) = layout, FRIENDS[layout]
    data = meta_json({key: [{"name": name, "timestamp": when} for name, when in people]}, pen)
    found = read_back(data, path, f"facebook.{importer}")
    assert [(c.full_name, c.relation, c.connected_at) for c in found if isinstance(c, Contact)] == [
        (name, relation, at(when)) for name, when in people
    ]


@pytest.mark.parametrize("layout", REQUESTS, ids=":".join)
@EXAMPLES
@given(people=PEOPLE, pen=PENS)
def test_requests(
    layout: tuple[str, str],
    people: list[tuple[str, int]],
    pen: Pen,
    meta_json: MetaJson,
    read_back: ReadBack,
) -> None:
    (path, key), (importer, direction) = layout, REQUESTS[layout]
    data = meta_json({key: [{"name": name, "timestamp": when} for name, when in people]}, pen)
    found = read_back(data, path, f"facebook.{importer}")
    assert [(e.party.name, e.direction, e.at, e.kind) for e in found if isinstance(e, Event)] == [
        (name, direction, at(when), "invitation") for name, when in people
    ]


# --- address books -------------------------------------------------------------------------------


def book(cards: list[tuple[str, int]], outer: str, *, split: bool) -> Any:
    listed = []
    for number, (name, when) in enumerate(cards):
        points = [{"contact_point": f"+4930555{number:04d}"}, {"contact_point": mail(number)}]
        extra = {"extra_data": {"number_times_contacted": "3", "starred": "1"}}
        listed.append(
            {
                "name": name,
                "created_timestamp": 1,
                "updated_timestamp": when,
                "details": [*points, extra] if split else points,
            }
        )
    return {outer: {"address_book": listed}}


def labelled(cards: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return one record for each way to reach somebody."""
    return [
        {
            "timestamp": when,
            "media": [],
            "label_values": [
                {"label": "Update time", "timestamp_value": when},
                {"label": "Contact name", "value": name},
                {"label": "Contact point", "value": point},
            ],
            "fbid": "1000000000000001",
        }
        for number, (name, when) in enumerate(cards)
        for point in (f"+4930555{number:04d}", mail(number))
    ]


def before_2021(cards: list[tuple[str, int]]) -> dict[str, Any]:
    entries = [{"dict": record["label_values"]} for record in labelled(cards)]
    return {"media": [], "label_values": [{"label": "Contacts", "vec": entries}], "fbid": "1"}


def mail(number: int) -> str:
    return f"p{number}@example.com"


BOOKS: dict[str, tuple[str, str, Callable[[list[tuple[str, int]]], Any]]] = {
    "2018": (
        "about_you/your_address_books.json",
        "facebook.address_book",
        lambda cards: book(cards, "address_book", split=True),
    ),
    "2020": (
        "other_personal_information/your_address_books.json",
        "facebook.address_book",
        lambda cards: book(cards, "address_book_v2", split=False),
    ),
    "2024": (
        "personal_information/other_personal_information/your_imported_contacts.json",
        "facebook.imported_contacts",
        labelled,
    ),
    "before 2021": (
        "personal_information/other_personal_information/contacts_uploaded_before_2021.json",
        "facebook.imported_contacts",
        before_2021,
    ),
}
#: Names of two words: those of one are too common to gather records by.
CARDS = st.lists(
    st.tuples(st.tuples(words(first="Zz"), words(first="Zz")).map(" ".join), SECONDS),
    min_size=1,
    max_size=4,
    unique_by=lambda card: card[0].casefold(),
)


@pytest.mark.parametrize("era", BOOKS)
@EXAMPLES
@given(cards=CARDS, pen=PENS)
def test_address_books(
    era: str, cards: list[tuple[str, int]], pen: Pen, meta_json: MetaJson, read_back: ReadBack
) -> None:
    path, importer, make = BOOKS[era]
    found = read_back(meta_json(make(cards), pen), path, importer)
    assert [
        (c.full_name, c.as_of, [p.raw for p in c.points]) for c in found if isinstance(c, Contact)
    ] == [
        (name, at(when), [f"+4930555{number:04d}", mail(number)])
        for number, (name, when) in enumerate(cards)
    ]


# --- Instagram's lists ---------------------------------------------------------------------------

USERS = st.lists(
    st.tuples(st.text("abcxyz0189_.", min_size=1, max_size=12).map(lambda u: f"u{u}x"), SECONDS),
    min_size=1,
    max_size=5,
)


def classic(user: str, when: int) -> dict[str, Any]:
    link = {"href": f"https://www.instagram.com/{user}", "value": user, "timestamp": when}
    return {"title": "", "media_list_data": [], "string_list_data": [link]}


def without_value(user: str, when: int) -> dict[str, Any]:
    link = {"href": f"https://www.instagram.com/_u/{user}", "timestamp": when}
    return {"title": user, "string_list_data": [link]}


def generic(user: str, when: int) -> dict[str, Any]:
    values = [
        {"label": "URL", "value": "https://example.com", "href": "https://example.com"},
        {"label": "Name", "value": "Zoë Example"},
        {"label": "Username", "value": user},
    ]
    return {"timestamp": when, "media": [], "label_values": values, "fbid": "1"}


FORMS = {"classic": classic, "without value": without_value, "generic": generic}
LISTS = {
    ("followers_1.json", "", "followers"): "follower",
    ("followers.json", "relationships_followers", "followers"): "follower",
    ("following.json", "relationships_following", "following"): "following",
    ("close_friends.json", "relationships_close_friends", "close_friends"): "friend",
    ("profiles_you've_favorited.json", "relationships_feed_favorites", "favourites"): "following",
    ("recently_unfollowed_profiles.json", "relationships_unfollowed_users", "unfollowed"): (
        "removed"
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LISTS, ids=lambda layout: layout[0])
@settings(max_examples=20, deadline=None)
@given(users=USERS, pen=PENS, nested=st.booleans())
def test_lists_of_instagram(
    *,
    layout: tuple[str, str, str],
    form: str,
    users: list[tuple[str, int]],
    pen: Pen,
    nested: bool,
    meta_json: MetaJson,
    read_back: ReadBack,
) -> None:
    (file, key, importer), relation = layout, LISTS[layout]
    listed: Any = [FORMS[form](user, when) for user, when in users]
    if len(listed) == 1 and not key:
        listed = listed[0]  # A list of one is written as the bare record.
    folder = "connections/followers_and_following" if nested else "followers_and_following"
    data = meta_json({key: listed} if key else listed, pen)
    found = read_back(data, f"{folder}/{file}", f"instagram.{importer}")
    assert [
        (c.relation, c.profile_url, c.as_of if relation == "removed" else c.connected_at)
        for c in found
        if isinstance(c, Contact)
    ] == [(relation, f"https://www.instagram.com/{user}", at(when)) for user, when in users]


SYNCED = {
    "English": ("First Name", "Last Name", "Contact Information"),
    "Italian": ("Nome", "Cognome", "Informazioni di contatto"),
    "Spanish": ("Nombre", "Apellido", "Información de contacto"),
    "French": ("Prénom", "Nom", "Coordonnées"),
    "German": ("Vorname", "Nachname", "Kontaktinformationen"),
}


@pytest.mark.parametrize("language", SYNCED)
@EXAMPLES
@given(cards=CARDS, pen=PENS, older=st.booleans())
def test_synced_contacts_of_instagram(
    *,
    language: str,
    cards: list[tuple[str, int]],
    pen: Pen,
    older: bool,
    meta_json: MetaJson,
    read_back: ReadBack,
) -> None:
    labels = SYNCED[language]
    listed = []
    for number, (name, when) in enumerate(cards):
        for point in (f"+4930555{number:04d}", mail(number)):
            said = {
                label: {"href": "", "value": value, "timestamp": 0}
                for label, value in zip(labels, (*name.split(" "), point), strict=True)
            }
            imported = {"Imported Time": {"href": "", "value": "", "timestamp": when}}
            listed.append({"title": "", "string_map_data": said | imported if older else said})
    data = meta_json({"contacts_contact_info": listed}, pen)
    path = "connections/contacts/synced_contacts.json"
    found = read_back(data, path, "instagram.synced_contacts")
    assert [
        (c.full_name, c.as_of, [p.raw for p in c.points]) for c in found if isinstance(c, Contact)
    ] == [
        (name, at(when) if older else None, [f"+4930555{number:04d}", mail(number)])
        for number, (name, when) in enumerate(cards)
    ]


def since_2011(seconds: int) -> datetime:
    """Return a time at which there was an Instagram."""
    return at(1_300_000_000 + seconds // 4)


@EXAMPLES
@given(users=USERS, pen=PENS, name=st.sampled_from(["followers", "following", "close_friends"]))
def test_lists_of_instagram_before_2021(
    users: list[tuple[str, int]], pen: Pen, name: str, meta_json: MetaJson, read_back: ReadBack
) -> None:
    dated = {user: f"{since_2011(when):%Y-%m-%dT%H:%M:%S}" for user, when in users}
    data = meta_json({"blocked_users": {}, name: dated}, pen)
    found = read_back(data, "connections.json", "instagram.flat_lists")
    relation = {"followers": "follower", "following": "following"}.get(name, "friend")
    assert [
        (c.relation, c.profile_url, c.connected_at) for c in found if isinstance(c, Contact)
    ] == [
        (relation, f"https://www.instagram.com/{user}", since_2011(when))
        for user, when in dict(users).items()
    ]
