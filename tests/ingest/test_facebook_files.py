"""Which file is which, and what is kept of files that are cut or no JSON at all."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.ingest._json import load, load_raw
from notworking.ingest.facebook._kinds import classify
from notworking.ingest.importer import Content
from notworking.records import Reject

MakeContent = Callable[[bytes], Content]
PLACES = {
    "friends": [
        "friends/friends",
        "friends_and_followers/friends",
        "connections/friends/your_friends",
    ],
    "sent_requests": ["friends/sent_friend_requests", "friends_and_followers/friend_requests_sent"],
    "received_requests": ["connections/friends/received_friend_requests_1"],
    "rejected_requests": ["connections/friends/rejected_friend_requests"],
    "removed_friends": ["friends_and_followers/removed_friends"],
    "following": ["connections/followers/who_you've_followed_2", "x/followers/who_you_ve_followed"],
    "followers": [
        "following_and_followers/followers",
        "connections/followers/people_who_followed_you",
    ],
    "address_book": ["about_you/your_address_books"],
    "imported_contacts": ["personal_information/other_personal_information/your_imported_contacts"],
    "profile": ["a/personal_information/profile_information/profile_information"],
    "messages": [
        "messages/bosample_a1b2c3d4e5/message",
        "messages/inbox/bosample_a1b2c3d4e5/message_12",
        "your_activity_across_facebook/messages/anything_new/x_1/message_1",
        "inbox/bosample_1/message_1",
    ],
    "reactions": ["your_facebook_activity/comments_and_reactions/likes_and_reactions_11"],
    "wall_posts": [
        "posts/other_people's_posts_to_your_timeline",
        "posts/other_people%27s_posts_to_your_timeline",
    ],
    "posts": ["your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_3"],
}


@pytest.mark.parametrize(
    ("kind", "place"), [(kind, place) for kind, places in PLACES.items() for place in places]
)
def test_a_damaged_file_is_known_by_its_place(kind: str, place: str) -> None:
    assert classify(f"facebook-ada/{place}.json", b"[object Object]") == kind
    assert classify(place.replace("/", "\\").upper() + ".JSON", b"") == kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b'\xef\xbb\xbf \n{ "friends_v2" : [', "friends"),
        (b'{"friends_v17": []}', "friends"),
        (b'{"friends_v2": 5}', None),
        (b'{"profile": {"name": 1}}', "profile"),
        (b'{"profile": [1]}', None),
        (b'{"participants": [], "messages": []}', "messages"),
        (b'{"image": {}, "messages": [{"sender_name": "x"}]', "messages"),
        (b'{"participants": ["Ada"], "threadName": "Bo_1", "messages": []}', "secure_storage"),
        (b'{"messages": [{"senderName": "Bo"}]', "secure_storage"),
        (b'{"participants": [{"name": "x"}], "title": "a survey"}', None),
        (b'{"people_you_may_know_v2": []}', "ignored.suggestions"),
        (b'{"visited_things_v2": []}', "ignored.visits"),
        (b'{"anything": []}', None),
        (b'{"followers": {"x": "2018"}}', "followers"),
    ],
)
def test_a_renamed_file_is_known_by_its_first_key(head: bytes, kind: str | None) -> None:
    assert classify("renamed.json", head) == kind


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("your_instagram_activity/messages/inbox/a_1/message_1.json", b'{"participants": ['),
        ("messages/inbox/instagramuser_12345/message_1.json", b'{"participants": ['),
        (
            "messages/inbox/a_1/message_1.json",
            b'{"participants": [], "messages": [{"share": {"original_content_owner": "x"',
        ),
        ("instagram-ada-2025-09-01-AbCdEfGh/connections/followers.json", b"[]"),
        ("followers_and_following/followers_1.json", b'[{"string_list_data": []}]'),
        (
            "personal_information/personal_information.json",
            b'{"profile_user": [{"string_map_data": {}',
        ),
        ("media/posts/202001/1.jpg", b"\xff\xd8"),
        ("Connections.csv", b"First Name"),
        ("contacts.vcf", b"BEGIN:VCARD"),
        ("holiday.jpg", b"\xff\xd8"),
        ("notes.txt", b"hello"),
    ],
)
def test_files_of_others_are_left_alone(path: str, head: bytes) -> None:
    assert classify(path, head) is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("your_facebook_activity/messages/inbox/a_1/photos/1.jpg", "ignored.media"),
        ("messages/stickers_used/1.png", "ignored.media"),
        ("photos_and_videos/album/1.mp4", "ignored.media"),
        ("connections/friends/your_friends.html", "html_friends"),
        ("your_facebook_activity/messages/inbox/a_1/message_1.html", "html_messages"),
        ("html/friends.htm", "htm_friends"),
        ("your_facebook_activity/posts/your_posts_1.html", "ignored.html"),
        ("connections/supervision/no-data.txt", "ignored.no_data"),
        ("ads_information/advertisers.json", "ignored.account_activity"),
        (
            "your_facebook_activity/groups/group_invites_you've_received.json",
            "ignored.group_context",
        ),
        ("friends/unheard_of.json", None),
    ],
)
def test_other_files_of_the_export(path: str, kind: str | None) -> None:
    assert classify(path, b"[]") == kind


VALUE = {"friends_v2": [{"name": "a", "n": [1, 2]}, {"name": "b"}], "next": {"deep": [1, {"x": 2}]}}


@given(cut=st.integers(1, len(json.dumps(VALUE)) - 1))
def test_a_cut_keeps_only_what_was_complete(cut: int) -> None:
    value, reject = load_raw(json.dumps(VALUE)[:-cut])
    assert isinstance(reject, Reject)
    if isinstance(value, dict):
        assert set(value) <= set(VALUE)
        friends = value.get("friends_v2", [])
        assert friends == VALUE["friends_v2"][: len(friends)]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "kept", "place"),
    [
        ('{"a": {"b": [1, 2, {"c": ', {"a": {"b": [1, 2]}}, "a.b[2]"),
        ('{"a": [1, 2], "b": nonsense}', {"a": [1, 2]}, "b"),
        ('[{"x": 1}, {"x": ', [{"x": 1}], "[1]"),
        ('{"a": 1} trailing', {"a": 1}, "file"),
        ("[object Object]", None, "file"),
        ("   ", None, "file"),
        ("[" * 100_000, None, "file"),
        ('{"a":' * 100_000, None, "file"),
    ],
)
def test_what_is_left_of_damaged_json(text: str, kept: object, place: str) -> None:
    value, reject = load_raw(text)
    assert value == kept
    assert reject is not None
    assert reject.place == place


def test_a_byte_order_mark_and_stray_bytes_are_no_obstacle(content: MakeContent) -> None:
    value, reject = load(content(b'\xef\xbb\xbf{"a": "\xff"}'))
    assert (value, reject) == ({"a": "�"}, None)
