"""Telegram's JSON: chats, calls and the address book, in every layout since 2018."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest.importer import Content
from notworking.ingest.telegram import IGNORED, IMPORTER
from notworking.records import Contact, Events, Notice, Record, Reject, Thread

MakeContent = Callable[[bytes], Content]
Json = dict[str, Any]


def message(number: int, who: str = "user22", **more: object) -> Json:
    at = 1672653600 + number
    base = {"id": number, "type": "message", "date": "2023-01-02T11:00:00", "text": "hi"}
    return base | {"date_unixtime": str(at), "from": f"Name {who}", "from_id": who} | more


def call(**more: object) -> Json:
    service = {"type": "service", "action": "phone_call", "actor": "Bo", "actor_id": "user22"}
    return message(7) | service | more


def chat(*messages: object, kind: str = "personal_chat", number: object = 22) -> Json:
    return {"name": "Bo Example", "type": kind, "id": number, "messages": list(messages)}


def full(*chats: object, **more: object) -> Json:
    return {"about": "Here is the data", "chats": {"about": "", "list": list(chats)}} | more


def read(content: MakeContent, value: object) -> list[Record]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    assert IMPORTER.identify("result.json", data)
    return list(IMPORTER.extract(content(data), "result.json"))


def rows(records: list[Record]) -> list[Json]:
    frames = [record.frame for record in records if isinstance(record, Events)]
    return [row for frame in frames for row in frame.iter_rows(named=True)]


def contacts(records: list[Record]) -> list[Contact]:
    return [record for record in records if isinstance(record, Contact)]


def threads(records: list[Record]) -> list[Thread]:
    return [record for record in records if isinstance(record, Thread)]


def rejects(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.place, record.reason) for record in records if isinstance(record, Reject)]


def test_the_same_chat_has_the_same_keys_alone_and_in_a_full_export(content: MakeContent) -> None:
    told = chat(message(1), message(2, "user11"))
    alone, within = rows(read(content, told)), rows(read(content, full(told)))
    assert (
        [row["key"] for row in alone] == [row["key"] for row in within] == ["user22|1", "user22|2"]
    )
    assert [row["place"] for row in within] == [f"chats.list[0].{row['place']}" for row in alone]


def test_of_one_chat_the_owner_is_whoever_is_not_the_other_one(content: MakeContent) -> None:
    (owner,) = contacts(read(content, chat(message(1), message(2, "user11"))))
    assert (owner.relation, owner.full_name) == ("self", "Name user11")
    assert owner.points[0].raw == "user11"


def test_a_stated_owner_is_not_deduced_again(content: MakeContent) -> None:
    stated = {"user_id": 11, "first_name": "Ada", "last_name": "Sample", "username": "@ada"}
    told = full(chat(message(1), message(2, "user11")), personal_information=stated)
    (owner,) = contacts(read(content, told))
    assert (owner.full_name, [point.raw for point in owner.points]) == (
        "Ada Sample",
        ["user11", "ada"],
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"duration_seconds": 65, "discard_reason": "hangup"}, ("call", None)),
        ({"discard_reason": "missed"}, ("call", "missed")),
        ({"discard_reason": "busy", "duration_seconds": 0}, ("call", "missed")),
        ({"discard_reason": "hangup"}, ("call", "missed")),
        ({"action": "conference_call"}, ("call", None)),
        ({"action": "joined_telegram"}, ("system", "joined_telegram")),
    ],
)
def test_a_service_line_is_a_call_or_nothing(
    content: MakeContent, told: Json, expected: tuple[str, str | None]
) -> None:
    (row,) = rows(read(content, chat(call(**told))))
    assert (row["kind"], row["text"]) == expected
    assert row["party"] == {"key": "user22", "name": "Bo"}


def test_a_text_in_pieces_is_one_text(content: MakeContent) -> None:
    pieces = ["see ", {"type": "link", "text": "https://example.com"}, {"type": "odd"}, " now"]
    (row,) = rows(read(content, chat(message(1, text=pieces))))
    assert row["text"] == "see https://example.com now"


def test_a_reaction_is_dated_in_the_zone_of_its_message(content: MakeContent) -> None:
    recent = [{"from": "Ada", "from_id": "user11", "date": "2023-01-02T11:05:00"}]
    reactions = [{"type": "emoji", "count": 1, "emoji": "👍", "recent": recent}]
    _, row = rows(read(content, chat(message(0, reactions=reactions))))
    assert (row["kind"], row["party"]["key"], row["one_click"]) == ("reaction", "user11", True)
    assert row["recipients"] == [{"key": "user22", "name": "Name user22"}]
    assert row["at"].isoformat() == "2023-01-02T10:05:00+00:00"


def test_exports_without_utc_times_say_so_and_old_numbers_are_people(content: MakeContent) -> None:
    old = message(1, from_id=22)
    del old["date_unixtime"]
    records = read(content, chat(old))
    assert rows(records)[0]["at"].isoformat() == "2023-01-02T11:00:00+00:00"
    assert rows(records)[0]["party"]["key"] == "user22"
    assert [r.message for r in records if isinstance(r, Notice)] == [
        "1 times have no zone: they are the exporting computer's, kept as if UTC"
    ]


@pytest.mark.parametrize(
    ("kind", "flags"),
    [("personal_chat", ()), ("private_group", ("group",)), ("private_supergroup", ("group",))],
)
def test_chats_of_people_are_read(content: MakeContent, kind: str, flags: tuple[str, ...]) -> None:
    (thread,) = threads(read(content, full(chat(message(1), kind=kind))))
    assert thread.flags == flags


@pytest.mark.parametrize(
    "kind",
    ["bot_chat", "saved_messages", "replies", "public_supergroup", "private_channel", "later_kind"],
)
def test_chats_of_nobody_are_counted_and_left_out(content: MakeContent, kind: str) -> None:
    (notice,) = read(content, full(chat(message(1), kind=kind)))
    assert isinstance(notice, Notice)
    assert notice.message.startswith("left out, being nobody's: 1 ")


def test_a_group_is_as_large_as_the_names_it_tells_of(content: MakeContent) -> None:
    made = call(action="create_group", members=["Bo", "Cy", "Di", None])
    (thread,) = threads(read(content, full(chat(made, kind="private_group"))))
    assert ([member.name for member in thread.members], thread.size) == (["Bo"], 3)


def test_a_chat_left_behind_says_so(content: MakeContent) -> None:
    left = {"about": "", "list": [chat(message(1), kind="private_group")]}
    (thread,) = threads(read(content, full(left_chats=left)))
    assert thread.flags == ("group", "left")


def test_contacts_are_keyed_by_number_of_account_else_by_phone(content: MakeContent) -> None:
    new = {"user_id": 22, "first_name": "Bo", "last_name": "S", "date_unixtime": "1556704800"}
    old = {"first_name": "Cy", "last_name": "", "phone_number": "+1 202 555 0143"}
    empty = {"first_name": "", "last_name": "", "phone_number": "", "user_id": 0}
    records = read(content, full(contacts={"about": "", "list": [new, old, empty]}))
    first, second = contacts(records)
    assert (first.key, first.full_name, str(first.connected_at)) == (
        "user22",
        "Bo S",
        "2019-05-01 10:00:00+00:00",
    )
    assert second.key.startswith("sha256:")
    assert second.points[0].raw == "+1 202 555 0143"
    assert rejects(records) == [("contacts.list[2]", "contact without a name or number")]


def test_one_odd_message_does_not_cost_its_neighbours(content: MakeContent) -> None:
    records = read(content, full(chat(message(1), message(2, text={"odd": 1}), message(3))))
    assert [row["place"] for row in rows(records)] == [
        "chats.list[0].messages[0]",
        "chats.list[0].messages[2]",
    ]
    ((place, reason),) = rejects(records)
    assert place == "chats.list[0].messages[1]"
    assert reason.startswith("not a message: Expected")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cut=st.floats(0.1, 0.999))
def test_a_file_cut_off_keeps_the_messages_before_the_cut(content: MakeContent, cut: float) -> None:
    whole = json.dumps(chat(*(message(n) for n in range(20)))).encode()
    data = whole[: int(len(whole) * cut)]
    records = read(content, data)
    complete = data.count(b'"from_id": "user22"}')
    assert [row["key"] for row in rows(records)] == [f"user22|{n}" for n in range(complete)]
    assert len(rejects(records)) == 1


@pytest.mark.parametrize(
    ("path", "head", "ours"),
    [
        ("result.json", b'{"about": "x", "contacts": {"about": "", "list": []}}', True),
        ("a.json", b'\xef\xbb\xbf{ "name": null, "type": "personal_chat", "id": 1', True),
        ("a.json", b'{"type": "saved_messages", "id": 1, "messages": []}', True),
        ("a.json", b'{"about": "a blog", "posts": {}}', False),
        ("a.json", b'{"name": "x", "type": "dog"}', False),
        ("a.txt", b'{"type": "saved_messages", "id": 1, "messages": []}', False),
    ],
)
def test_exports_are_known_by_how_they_begin(path: str, head: bytes, ours: bool) -> None:
    assert IMPORTER.identify(path, head) is ours


def test_the_form_for_reading_is_known_with_what_to_do() -> None:
    head = b"<html><head><title>Exported Data</title>"
    assert IGNORED[0].identify("ChatExport/messages2.html", head)
    assert not IGNORED[0].identify("ChatExport/messages.html", b"<title>Inbox</title>")
    assert "JSON" in IGNORED[0].reason


@pytest.mark.parametrize("odd", [None, [], {"about": ""}, {"list": {"0": 1}}])
def test_a_section_without_its_list_is_rejected(content: MakeContent, odd: object) -> None:
    told = {"about": "", "contacts": odd, "chats": odd, "left_chats": {"list": []}}
    assert [place for place, _ in rejects(read(content, told))] == ["contacts", "chats"]


def test_an_owner_without_name_and_number_is_rejected(content: MakeContent) -> None:
    told = full(personal_information={"first_name": "", "bio": "x"})
    assert rejects(read(content, told)) == [("personal_information", "it names nobody")]


def test_a_message_nested_beyond_all_measure_ends_the_reading(content: MakeContent) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    start, end = json.dumps(chat(message(1), "here", message(3))).encode().split(b'"here"')
    records = read(content, start + deep + end)
    assert [row["key"] for row in rows(records)] == ["user22|1"]
    (reject,) = (record for record in records if isinstance(record, Reject))
    assert (reject.place, reject.is_end) == ("messages[1]", True)


def test_chats_whose_fields_are_in_another_order_are_the_same(content: MakeContent) -> None:
    owner = {"user_id": 11, "first_name": "Ada"}
    told = full(chat(message(1), message(2, "user11")), personal_information=owner)
    other = json.dumps({**told, "about": ""}, sort_keys=True).encode()
    assert rows(read(content, other)) == rows(read(content, told))
    (first,), (second,) = contacts(read(content, other)), contacts(read(content, told))
    assert (first.full_name, first.points) == (second.full_name, second.points)


@pytest.mark.parametrize("kept", [{}, {"messages": None}, {"messages": {"0": message(1)}}])
def test_a_chat_without_messages_is_rejected(content: MakeContent, kept: Json) -> None:
    broken = {"name": "Bo", "type": "personal_chat", "id": 22} | kept
    records = read(content, full(broken, chat(message(1), number=23)))
    assert rejects(records) == [("chats.list[0]", "chat without a list of messages")]
    assert [row["key"] for row in rows(records)] == ["user23|1"]
    assert rejects(read(content, broken)) == [("file", "chat without a list of messages")]


def test_a_long_chat_comes_in_several_frames(content: MakeContent) -> None:
    records = read(content, chat(*(message(n) for n in range(20_001))))
    frames = [record.frame for record in records if isinstance(record, Events)]
    assert [frame.height for frame in frames] == [20_000, 1]
    assert frames[1]["place"].to_list() == ["messages[20000]"]


def test_a_chat_without_a_number_is_known_by_its_name(content: MakeContent) -> None:
    told = [chat(message(1), kind="private_group", number=None) for _ in range(2)]
    first, second = threads(read(content, full(*told)))
    assert first.key == second.key
    assert first.key.startswith("sha256:")


def test_names_come_without_signs_that_nothing_can_hold(content: MakeContent) -> None:
    told = chat(message(1, text="a\0b", **{"from": "Bo\0"})) | {"name": "Bo\0 Example"}
    records = read(content, told)
    assert threads(records)[0].title == "Bo Example"
    assert (rows(records)[0]["party"]["name"], rows(records)[0]["text"]) == ("Bo", "ab")
