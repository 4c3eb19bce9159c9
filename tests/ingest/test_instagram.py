"""Instagram's lists, messages and activity: values that golden files would hide in bulk."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.ingest import importers
from notworking.ingest._json import load
from notworking.ingest.drop import owner_of
from notworking.ingest.importer import Content, Importer
from notworking.ingest.instagram import _people, flat
from notworking.ingest.instagram._kinds import classify
from notworking.ingest.instagram._values import user_of_link, when
from notworking.records import Contact, Event, Events, Record, Reject, Thread

MakeContent = Callable[[bytes], Content]
LISTS = "connections/followers_and_following"
INBOX = "your_instagram_activity/messages/inbox"
KINDS: dict[str, Importer] = {one.name: one for one in importers() if one.source == "instagram"}


def classic(user: str, at: int = 1700000000) -> dict[str, object]:
    entry = {"href": f"https://www.instagram.com/{user}", "value": user, "timestamp": at}
    return {"title": "", "media_list_data": [], "string_list_data": [entry]}


def chat(*messages: dict[str, object], **head: object) -> dict[str, object]:
    people = [{"name": "Bo Sample"}, {"name": "Ada Example"}]
    return {"participants": people, "messages": list(messages), "title": "Bo"} | head


def said(text: str | None, at: int = 1700000000000, **more: object) -> dict[str, object]:
    return {"sender_name": "Bo Sample", "timestamp_ms": at, "content": text} | more


@pytest.fixture
def read(content: MakeContent) -> Callable[[str, object, str], list[Record]]:
    def run(name: str, value: object, path: str) -> list[Record]:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        return list(KINDS[f"instagram.{name}"].extract(content(data), path))

    return run


Read = Callable[[str, object, str], list[Record]]


def events(records: list[Record]) -> list[dict[str, object]]:
    return [row for one in records if isinstance(one, Events) for row in one.frame.to_dicts()]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (classic("Bo.Sample"), "bo.sample"),
        ({"title": "bo.sample", "string_list_data": [{"href": "x"}]}, "bo.sample"),
        ({"string_list_data": [{"href": "https://www.instagram.com/_u/bo_s?x=1"}]}, "bo_s"),
        (
            {
                "label_values": [
                    {"label": "URL", "value": "https://www.instagram.com/shop"},
                    {"label": "Benutzername", "value": "bo.s"},
                ]
            },
            "bo.s",
        ),
        ({"label_values": [{"label": "URL", "href": "https://www.instagram.com/shop"}]}, None),
        ({"title": "Two Words"}, None),
        (None, None),
    ],
)
def test_the_user_name_is_found_in_every_form_of_record(record: object, expected: str) -> None:
    assert _people.user(record) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://www.instagram.com/bo.sample/", "bo.sample"),
        ("instagram.com/_u/bo", "bo"),
        ("https://www.instagram.com/p/abc/", None),
        ("https://www.instagram.com/_u/", None),
        ("https://example.com/bo", None),
        (None, None),
    ],
)
def test_only_the_address_of_a_profile_names_a_user(link: object, expected: str | None) -> None:
    assert user_of_link(link) == expected


def test_times_count_seconds_or_milliseconds_and_zero_is_unknown() -> None:
    at = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert when(1700000000) == when(1700000000000) == when("1700000000") == at
    assert [when(value) for value in (0, -1, None, True, "x", 10**30, 1e300)] == [None] * 7


@pytest.mark.parametrize(
    ("value", "places"),
    [
        ([classic("bo"), classic("cleo")], ["[0]", "[1]"]),
        (classic("bo"), ["[0]"]),
        (
            {"relationships_followers": [classic("bo")]},
            ["relationships_followers[0]"],
        ),
    ],
)
def test_followers_come_as_a_list_a_bare_record_or_under_a_key(
    read: Read, value: object, places: list[str]
) -> None:
    found = [one for one in read("followers", value, "f.json") if isinstance(one, Contact)]
    assert [one.place for one in found] == places
    assert found[0].key == found[0].profile_url == "https://www.instagram.com/bo"
    assert found[0].connected_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert found[0].relation == "follower"


def test_an_empty_list_is_read_and_another_object_is_not_a_list(read: Read) -> None:
    assert read("following", {"relationships_following": []}, "f.json") == []
    [only] = read("following", {"relationships_following": 5}, "f.json")
    assert isinstance(only, Reject)


def test_who_is_unfollowed_was_true_until_then(read: Read) -> None:
    [one] = read("unfollowed", {"relationships_unfollowed_users": [classic("bo")]}, "u.json")
    assert isinstance(one, Contact)
    assert (one.relation, one.connected_at) == ("removed", None)
    assert one.as_of == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_a_request_in_both_files_is_one_event(read: Read) -> None:
    [a] = read("requests_sent", {"relationships_follow_requests_sent": [classic("bo")]}, "a.json")
    [b] = read("requests_sent", {"relationships_permanent_follow_requests": [classic("bo")]}, "b")
    assert isinstance(a, Event)
    assert isinstance(b, Event)
    assert (a.key, a.direction, a.party) == (b.key, "out", b.party)


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        (f"{LISTS}/followers_1.json", [classic("bo")], "followers"),
        ("x/renamed.json", {"relationships_following": [classic("bo")]}, "following"),
        ("threads/following.json", {"text_post_app_text_app_following": []}, "ignored.threads"),
        ("your_instagram_activity/threads/followers.json", [classic("bo")], "ignored.threads"),
        (f"{LISTS}/blocked_profiles.json", {"relationships_blocked_users": []}, "ignored.limits"),
        (f"{INBOX}/bo_123456/message_1.json", chat(said("hi")), "messages"),
        ("messages/inbox/bo_123456/message_1.json", chat(said("hi")), None),
        (
            "messages/inbox/bo_123456/message_1.json",
            chat(said(None, share={"original_content_owner": "cleo"})),
            "messages",
        ),
        (
            "your_instagram_activity/messages/broadcast/x_1/message_1.json",
            chat(),
            "ignored.broadcast",
        ),
        ("your_instagram_activity/saved/saved_posts.json", {"saved": []}, "ignored.other"),
        ("connections/friends/your_friends.json", {"friends_v2": []}, None),
        ("following.json", {"following_v3": [{"name": "Bo"}]}, None),
    ],
)
def test_a_file_is_told_by_its_key_its_marks_and_its_folder(
    path: str, value: object, kind: str | None
) -> None:
    assert classify(path, json.dumps(value).encode()) == kind


def test_flat_conversations_without_marks_have_one_reader() -> None:
    data = json.dumps(chat(said("hi"))).encode()
    for path in ("messages/inbox/bo_123456/message_1.json", f"{INBOX}/bo_123456/message_1.json"):
        assert len([one for one in importers() if one.identify(path, data)]) == 1


def test_what_the_program_wrote_is_no_message(read: Read) -> None:
    messages = (
        said("Reacted 😂 to your message "),
        said("Liked a message", 1700000001000),
        said("Liked a message of mine, honestly", 1700000002000),
        said("Bo sent an attachment.", 1700000003000, share={"link": "https://example.com"}),
        said("oops", 1700000004000, is_unsent=True),
        said("Bo started a video chat", 1700000005000, call_duration=0),
        said("Video chat ended", 1700000006000, call_duration=12),
        said(None, 1700000007000),
    )
    found = events(read("messages", chat(*messages), f"{INBOX}/bo_123456/message_1.json"))
    assert [(one["kind"], one["text"]) for one in found] == [
        ("system", "Reacted 😂 to your message"),
        ("system", "Liked a message"),
        ("message", "Liked a message of mine, honestly"),
        ("message", None),
        ("system", None),
        ("call", "missed"),
        ("call", None),
        ("system", None),
    ]


def test_equal_messages_of_one_moment_keep_keys_of_their_own(read: Read) -> None:
    found = events(read("messages", chat(said("a"), said("a")), f"{INBOX}/bo_123456/m.json"))
    assert found[1]["key"] == f"{found[0]['key']}#2"


def test_a_reaction_goes_to_who_wrote_the_message(read: Read) -> None:
    reaction = {"reaction": "❤", "actor": "Ada Example", "timestamp": 1700000060}
    found = events(
        read("messages", chat(said("a", reactions=[reaction])), f"{INBOX}/b_12345/m.json")
    )
    assert found[1]["party"] == {"key": None, "name": "Ada Example"}
    assert found[1]["recipients"] == [{"key": None, "name": "Bo Sample"}]
    assert found[1]["at"] == datetime(2023, 11, 14, 22, 14, 20, tzinfo=UTC)
    assert found[1]["one_click"] is True


def test_the_thread_is_known_by_the_number_of_its_folder(read: Read) -> None:
    [thread, *_] = read("messages", chat(said("a")), f"{INBOX}/bosample_987654321/message_1.json")
    assert isinstance(thread, Thread)
    assert thread.key == "987654321"
    [thread, *_] = read("messages", chat(said("a")), "message_1.json")
    assert isinstance(thread, Thread)
    assert thread.key == "participants:Ada Example|Bo Sample"


def test_a_deleted_counterpart_is_a_stranger_of_this_chat_alone(read: Read) -> None:
    value = chat(said("a"), participants=[{"name": "Instagram User"}, {"name": "Ada Example"}])
    [thread, *_] = read("messages", value, f"{INBOX}/instagramuser_12345/message_1.json")
    assert isinstance(thread, Thread)
    assert [one.key for one in thread.members][:2] == ["thread:12345", None]


def test_damaged_messages_are_rejected_and_the_rest_is_read(read: Read) -> None:
    records = read("messages", chat(said("a"), {"content": "x"}), f"{INBOX}/b_12345/m.json")
    assert len(events(records)) == 1
    assert [one.place for one in records if isinstance(one, Reject)] == ["messages[1]"]


def test_a_comment_names_whose_post_it_was(read: Read) -> None:
    entry = {"Comment": {"value": "nice"}, "Media Owner": {"value": "Bo.Sample"}}
    [one] = read("comments", [{"string_map_data": entry}], "post_comments_1.json")
    assert isinstance(one, Event)
    assert (one.kind, one.direction, one.text) == ("comment", "out", "nice")
    assert one.party.key == "https://www.instagram.com/bo.sample"


@pytest.mark.parametrize(
    ("kind", "container"),
    [
        ("followers", "relationships_followers"),
        ("comments", "comments_media_comments"),
        ("likes", "likes_media_likes"),
        ("profile", "profile_user"),
        ("profile_changes", "profile_profile_change"),
        ("synced_contacts", "contacts_contact_info"),
    ],
)
def test_every_kind_says_when_a_file_holds_no_list_and_when_it_is_cut(
    read: Read, kind: str, container: str
) -> None:
    assert read(kind, {container: []}, "x.json") == []
    [odd] = read(kind, {container: "text"}, "x.json")
    assert isinstance(odd, Reject)
    assert odd.place == "file"
    *_, cut = read(kind, f'{{"{container}": [{{"a": 1}}, {{"b'.encode(), "x.json")
    assert isinstance(cut, Reject)
    assert cut.place == f"{container}[1]"


def test_a_profile_that_says_nothing_is_rejected(read: Read) -> None:
    [only] = read("profile", {"profile_user": [{"string_map_data": {}}]}, "p.json")
    assert isinstance(only, Reject)
    assert only.place == "profile_user[0]"


def test_long_messages_are_never_lines_of_the_program(read: Read) -> None:
    long = "Liked a message" + " and more" * 60
    found = events(read("messages", chat(said(long)), f"{INBOX}/b_12345/m.json"))
    assert (found[0]["kind"], found[0]["text"]) == ("message", long)


def test_pictures_are_messages_known_by_the_name_of_their_file(read: Read) -> None:
    one = said(None, photos=[{}, {"uri": "a/b/9.jpg"}], reactions=[{"reaction": "x"}])
    other = said(None, photos=[{"uri": "elsewhere/9.jpg"}])
    first = events(read("messages", chat(one), f"{INBOX}/b_12345/m.json"))
    second = events(read("messages", chat(other), f"{INBOX}/b_12345/m.json"))
    assert [row["kind"] for row in first] == ["message"]
    assert first[0]["key"] == second[0]["key"]


def test_an_empty_conversation_is_a_thread_without_events(read: Read) -> None:
    [only] = read("messages", chat(), f"{INBOX}/b_12345/m.json")
    assert isinstance(only, Thread)
    [reject] = read("messages", b"[broken", f"{INBOX}/b_12345/m.json")
    assert isinstance(reject, Reject)


def test_a_day_of_a_page_is_a_day_of_any_zone(read: Read) -> None:
    row = '<a href="https://www.instagram.com/{0}">{0}</a><div>{1}</div>'
    page = row.format("bo", "Dec 28, 2020 7:20 am") + row.format("cy", "Xyz 28, 2020 7:20 am")
    found = read("followers_page", page.encode(), f"{LISTS}/followers_1.html")
    assert [(one.key[-2:], one.connected_at) for one in found if isinstance(one, Contact)] == [
        ("bo", datetime(2020, 12, 28, tzinfo=UTC)),
        ("cy", None),
    ]


def test_deep_nesting_is_given_up_without_a_fault(content: MakeContent, read: Read) -> None:
    value: object = "deep"
    for _ in range(40):
        value = {"label_values": [{"dict": value}]}
    assert _people.user(value) is None
    assert load(content(b"[" * 100_000))[0] is None


def test_a_cut_file_gives_what_is_complete_and_one_reject(content: MakeContent) -> None:
    value, damage = load(content(b'{"a": 1, "list": [{"x": 1}, {"x": 2}, {"x"'))
    assert value == {"a": 1, "list": [{"x": 1}, {"x": 2}]}
    assert damage is not None
    assert damage.place == "list[2]"


@pytest.mark.parametrize("data", [b"", b" \n", b"[object Object]", b"{", b"[", b"nonsense"])
def test_a_file_without_anything_complete_is_one_reject(content: MakeContent, data: bytes) -> None:
    value, damage = load(content(data))
    assert value is None
    assert damage is not None
    assert damage.place == "file"


@given(st.data())
def test_a_list_cut_anywhere_gives_its_complete_records(
    content: MakeContent, data: st.DataObject
) -> None:
    users = [f"user{number}" for number in range(5)]
    text = json.dumps({"relationships_following": [classic(user) for user in users]})
    at = data.draw(st.integers(1, len(text) - 1))
    records = list(
        KINDS["instagram.following"].extract(content(text[:at].encode()), "following.json")
    )
    found = [one.key.rsplit("/", 1)[-1] for one in records if isinstance(one, Contact)]
    assert found == users[: len(found)]
    assert len([one for one in records if isinstance(one, Reject)]) == 1
    assert all(f'"{user}"' in text[:at] for user in found)


def test_a_page_with_an_unknown_declaration_is_read_to_its_end(read: Read) -> None:
    link = '<div><a href="https://www.instagram.com/bo.sample">bo.sample</a></div>'
    page = f"<html><body><![weird[x]>{link}<div>Mar 1, 2024 2:05 pm</div></body></html>"
    records = read("followers_page", page.encode(), f"{LISTS}/followers_1.html")
    assert [r.full_name or r.key for r in records if isinstance(r, Contact)] == [
        "https://www.instagram.com/bo.sample"
    ]


FLAT_TALK = [
    {
        "participants": ["ada.example", "bo.sample"],
        "conversation": [
            {"sender": "bo.sample", "created_at": "2019-10-02T10:00:00+00:00", "text": "hi"},
            {"sender": "ada.example", "created_at": "2019-10-02T09:00:00", "heart": "❤️"},
            {"sender": "ada.example", "created_at": "2019-10-02T08:00:00", "action": "ended"},
        ],
    }
]


def test_conversations_before_2021_name_people_by_user_name(content: MakeContent) -> None:
    data = json.dumps(FLAT_TALK).encode()
    records = list(flat_importer("messages").extract(content(data), "messages.json"))
    (thread,) = (record for record in records if isinstance(record, Thread))
    assert thread.key == "participants:ada.example|bo.sample"
    (frame,) = (record.frame for record in records if isinstance(record, Events))
    assert frame.select("kind", "text").rows() == [
        ("message", "hi"),
        ("message", None),
        ("system", None),
    ]
    assert [party["key"] for party in frame["party"]] == [
        "https://www.instagram.com/bo.sample",
        "https://www.instagram.com/ada.example",
        "https://www.instagram.com/ada.example",
    ]
    assert frame["at"][1].isoformat() == "2019-10-02T09:00:00+00:00"


@pytest.mark.parametrize("first", ["followers", "following", "blocked_users"])
def test_lists_before_2021_are_instagrams_whatever_comes_first(first: str) -> None:
    owner = owner_of("connections.json", json.dumps({first: {"bo": "2019-01-02"}}).encode())
    assert owner is flat_importer("lists")


def flat_importer(kind: str) -> Importer:
    return next(one for one in flat.IMPORTERS if one.name == f"instagram.flat_{kind}")
