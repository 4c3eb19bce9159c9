"""Conversations: what is told apart, what is salvaged, and what keeps its key between exports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.ingest.facebook._system import line_kind, openings
from notworking.ingest.facebook.messages import CUTOVER, IMPORTER
from notworking.ingest.importer import Content
from notworking.records import Events, Notice, Party, Record, Reject, Thread

MakeContent = Callable[[bytes], Content]
PATH = "your_facebook_activity/messages/inbox/bosample_1000000000000001/message_1.json"
START = 1_700_000_000_000


def broken(value: Any) -> Any:
    """Write text as the export does: one Latin-1 character for each UTF-8 byte."""
    if isinstance(value, str):
        return value.encode("utf-8").decode("latin-1")
    if isinstance(value, list):
        return [broken(item) for item in value]
    if isinstance(value, dict):
        return {key: broken(item) for key, item in value.items()}
    return value


def thread(*messages: dict[str, Any], **more: Any) -> bytes:
    whole = {
        "participants": [{"name": "Bo Sample"}, {"name": "Ada Example"}],
        "messages": list(messages),
        "title": "Bo Sample",
        "is_still_participant": True,
        "thread_path": "inbox/bosample_1000000000000001",
    }
    return json.dumps(broken(whole | more)).encode()


def said(text: str | None, at: int = START, who: str = "Bo Sample", **more: Any) -> dict[str, Any]:
    message = {"sender_name": who, "timestamp_ms": at}
    return message | ({} if text is None else {"content": text}) | more


def read(content: Content, path: str = PATH) -> list[Record]:
    return list(IMPORTER.extract(content, path))


def rows(records: list[Record]) -> list[dict[str, Any]]:
    return [
        row
        for record in records
        if isinstance(record, Events)
        for row in record.frame.iter_rows(named=True)
    ]


def only_thread(records: list[Record]) -> Thread:
    (found,) = (record for record in records if isinstance(record, Thread))
    return found


def rejects(records: list[Record]) -> Iterator[tuple[str, str]]:
    return ((r.place, r.reason) for r in records if isinstance(r, Reject))


def test_text_sender_and_time_are_repaired_and_exact(content: MakeContent) -> None:
    data = thread(said("Grüße 👍", START + 1, who="Zoë Marčenko"))
    (row,) = rows(read(content(data)))
    assert row["text"] == "Grüße 👍"
    assert row["party"] == {"key": None, "name": "Zoë Marčenko"}
    assert row["at"] == datetime(2023, 11, 14, 22, 13, 20, 1000, tzinfo=UTC)
    assert (row["kind"], row["direction"], row["one_click"]) == ("message", None, False)
    assert row["recipients"] is None
    assert row["place"] == "messages[0]"


@pytest.mark.parametrize(
    ("message", "kind", "text"),
    [
        (said("Bo called you.", call_duration=5), "call", None),
        (said("You missed a call from Bo.", call_duration=0), "call", "missed"),
        (said("You missed a call from Bo.", missed=True), "call", "missed"),
        (said(None, type="Call", call_duration=3), "call", None),
        (said("secret", is_unsent=True), "system", None),
        (said("secret", is_taken_down=True), "system", None),
        (said(None), "system", None),
        (said(""), "system", None),
        (said("Bo added Cy Sample to the group."), "system", "Bo added Cy Sample to the group."),
        (said("whatever", users=[{"name": "Cy Sample"}]), "system", "whatever"),
        (said("whatever", type="Unsubscribe"), "system", "whatever"),
        (said("Bo sent an attachment."), "message", None),
        (said("Bo hat einen Anhang gesendet."), "message", None),
        (said(None, photos=[{"uri": "a/1.jpg"}]), "message", None),
        (said(None, sticker={"uri": "a/1.png"}), "message", None),
        (said("👍"), "message", "👍"),
        (
            said("Bo told me that he left the group."),
            "message",
            "Bo told me that he left the group.",
        ),
        (said("I think she left the group."), "message", "I think she left the group."),
        (said("You are right"), "message", "You are right"),
        (said("a\x00b"), "message", "ab"),
    ],
)
def test_what_a_message_is(
    message: dict[str, Any], kind: str, text: str | None, content: MakeContent
) -> None:
    (row,) = rows(read(content(thread(message))))
    assert (row["kind"], row["text"]) == (kind, text)


def test_a_reaction_is_an_event_of_its_actor_towards_the_author(content: MakeContent) -> None:
    click = {"reaction": "❤", "actor": "Ada Example"}
    data = thread(
        said("one", START, reactions=[click | {"timestamp": 1_700_000_600}]),
        said("two", START - 1, reactions=[click, click]),
    )
    message, _, first, second, third = rows(read(content(data)))
    assert first["party"] == {"key": None, "name": "Ada Example"}
    assert first["recipients"] == [{"key": None, "name": "Bo Sample"}]
    assert first["key"] == f"{message['key']}|Ada Example|❤"
    assert first["at"] == datetime(2023, 11, 14, 22, 23, 20, tzinfo=UTC)
    assert (first["kind"], first["one_click"]) == ("reaction", True)
    assert second["at"] == datetime(2023, 11, 14, 22, 13, 19, 999000, tzinfo=UTC)
    assert third["key"] == second["key"] + "#2"
    assert third["place"] == "messages[1].reactions[1]"


def test_the_same_words_in_the_same_millisecond_keep_their_number(content: MakeContent) -> None:
    first, second, third = rows(read(content(thread(said("ok"), said("ok"), said("no")))))
    assert second["key"] == first["key"] + "#2"
    assert third["key"] not in {first["key"], second["key"]}


def test_a_key_is_that_of_the_repaired_words(content: MakeContent) -> None:
    words = ["größer 👍", "plain", "café", "‘quoted’ – and Ł", "nul \x00 and é"]
    messages = [said(text, START + at) for at, text in enumerate(words)]
    damaged = rows(read(content(thread(*messages))))
    intact = json.loads(thread(*messages))
    intact["messages"] = messages
    sound = rows(read(content(json.dumps(intact).encode())))
    assert [row["text"] for row in damaged] == [word.replace("\x00", "") for word in words]
    assert damaged == sound
    assert damaged[1]["key"] == f"1000000000000001|{START + 1}|{crc32(b'plain')}"


def test_words_of_nothing_but_nul_leave_the_key_to_what_was_sent(content: MakeContent) -> None:
    photo = [{"uri": "messages/inbox/x/photos/1.jpg"}]
    (empty,) = rows(read(content(thread(said("\x00", photos=photo)))))
    (without,) = rows(read(content(thread(said(None, photos=photo)))))
    assert empty == without
    assert empty["key"].endswith(f"|{crc32(b'1.jpg')}")


def test_a_key_outlives_a_move_to_the_archive_and_a_new_root(content: MakeContent) -> None:
    def photo(folder: str) -> dict[str, Any]:
        return said(None, photos=[{"uri": f"{folder}/photos/17.jpg"}])

    old = thread(photo("messages/inbox/x"), thread_path="inbox/bosample_1000000000000001")
    new = thread(
        photo("y/messages/archived_threads/x"), thread_path="archived_threads/bo_1000000000000001"
    )
    (before,), (after,) = rows(read(content(old))), rows(read(content(new)))
    assert before["key"] == after["key"]
    assert before["thread_key"] == after["thread_key"] == "1000000000000001"


@pytest.mark.parametrize(
    ("path", "place", "key"),
    [
        (PATH, "inbox/bosample_1000000000000009", "1000000000000009"),
        (PATH, "inbox/1000000000000009", "1000000000000009"),
        (PATH, "inbox/bosample_a1b2c3d4e5", "bosample_a1b2c3d4e5"),
        (PATH, None, "1000000000000001"),
        ("message_1.json", None, "participants:Ada Example|Bo Sample"),
        ("a/groups/your_group_messages/77001.json", None, "77001"),
    ],
)
def test_where_a_thread_key_comes_from(
    path: str, place: str | None, key: str, content: MakeContent
) -> None:
    assert only_thread(read(content(thread(said("x"), thread_path=place)), path)).key == key


@pytest.mark.parametrize(
    ("more", "flags"),
    [
        ({}, ()),
        ({"joinable_mode": {"mode": 1, "link": ""}}, ("group",)),
        ({"thread_type": "RegularGroup"}, ("group",)),
        ({"participants": [{"name": n} for n in "abc"]}, ("group",)),
        ({"thread_path": "message_requests/x_1"}, ("request",)),
        ({"is_pending": True}, ("request",)),
        ({"thread_path": "filtered_threads/x_1"}, ("filtered",)),
        ({"thread_path": "e2ee_cutover/x_1"}, ("cutover",)),
        ({"title": "Dot · Bicycle"}, ("marketplace",)),
        ({"is_still_participant": False}, ("left",)),
    ],
)
def test_flags_of_a_conversation(
    more: dict[str, Any], flags: tuple[str, ...], content: MakeContent
) -> None:
    assert only_thread(read(content(thread(said("x"), **more)))).flags == flags


def test_a_chat_that_moved_into_encryption_says_so(content: MakeContent) -> None:
    records = read(content(thread(said("x"), thread_path="e2ee_cutover/bosample_1000000000000001")))
    assert records[-1] == Notice(CUTOVER)
    assert not any(isinstance(r, Notice) for r in read(content(thread(said("x")))))


def test_deleted_counterparts_are_unknown_people_of_their_own_chat(content: MakeContent) -> None:
    def chat(number: int, name: str) -> list[Record]:
        pair = [{"name": name}, {"name": "Ada Example"}]
        data = thread(said("x", who=name), participants=pair, thread_path=f"inbox/x_{number}")
        return read(content(data))

    first, second = chat(1000000000000001, "Facebook user"), chat(1000000000000002, "")
    third = chat(1000000000000003, "Facebook-Nutzer")
    for number, records in enumerate((first, second, third), 1):
        unknown = Party(f"thread:100000000000000{number}", None)
        assert only_thread(records).members == (unknown, Party(None, "Ada Example"))
        assert rows(records)[0]["party"] == {"key": unknown.key, "name": None}


def test_deleted_members_of_a_group_are_nobody(content: MakeContent) -> None:
    names = ["Facebook user", "Bo Sample", "Facebook user", "Ada Example"]
    data = thread(said("x", who="Facebook user"), participants=[{"name": n} for n in names])
    records = read(content(data))
    assert only_thread(records).members == (Party(None, "Bo Sample"), Party(None, "Ada Example"))
    assert rows(records)[0]["party"] == {"key": None, "name": None}


def test_an_owner_who_is_not_listed_is_found_among_the_senders(content: MakeContent) -> None:
    data = thread(said("x", who="Ada Example"), participants=[{"name": "Bo Sample"}])
    assert only_thread(read(content(data))).members == (
        Party(None, "Bo Sample"),
        Party(None, "Ada Example"),
    )


def test_a_former_member_of_a_group_is_no_member(content: MakeContent) -> None:
    data = thread(said("x", who="Gone Sample"), joinable_mode={"mode": 1, "link": ""})
    names = [member.name for member in only_thread(read(content(data))).members]
    assert names == ["Bo Sample", "Ada Example"]


def test_bad_messages_are_rejected_with_their_place_and_the_rest_is_read(
    content: MakeContent,
) -> None:
    odd = [said("first"), "text", said("second", "1700000000001"), {"content": 5}, {}]  # type: ignore[arg-type]
    records = read(content(thread(*odd)))  # type: ignore[arg-type]
    assert [row["place"] for row in rows(records)] == ["messages[0]", "messages[2]"]
    assert [row["text"] for row in rows(records)] == ["first", "second"]
    assert [place for place, _ in rejects(records)] == ["messages[1]", "messages[3]", "messages[4]"]


def test_half_a_surrogate_pair_spoils_its_own_message_at_most(content: MakeContent) -> None:
    data = thread(said("one HALF"), said("two", call_duration="HALF"), said("three"))
    records = read(content(data.replace(b"HALF", b"\\ud83d")))
    assert [row["text"] for row in rows(records)] == ["one ?", "three"]
    assert [place for place, _ in rejects(records)] == ["messages[1]"]


@pytest.mark.parametrize("at", [0, -1, 10**17, 10**30, "soon", None])
def test_an_unknown_time_stays_unknown(at: object, content: MakeContent) -> None:
    (row,) = rows(read(content(thread(said("x", at)))))  # type: ignore[arg-type]
    assert row["at"] is None


@given(cut=st.integers(0, 400))
def test_a_cut_file_gives_every_complete_message_and_one_reject(
    cut: int, content: MakeContent
) -> None:
    whole = thread(*(said(f"number {n}", START - n) for n in range(4)))
    data = whole[: len(whole) - 1 - cut]
    records = read(content(data))
    complete = sum(f'"number {n}"}}'.encode() in data for n in range(4))
    assert [row["text"] for row in rows(records)] == [f"number {n}" for n in range(complete)]
    assert len(list(rejects(records))) == 1


@pytest.mark.parametrize("data", [b"[object Object]", b"", b"[1]", b"null", b"{", b"\xff\xfe"])
def test_a_file_that_is_no_conversation_is_one_reject(data: bytes, content: MakeContent) -> None:
    assert IMPORTER.identify(PATH, data)
    (record,) = read(content(data))
    assert isinstance(record, Reject)
    assert record.place == "file"


def test_bytes_that_are_not_utf8_lose_no_message(content: MakeContent) -> None:
    data = thread(said("one"), said("two")).replace(b"one", b"o\xffe")
    assert [row["text"] for row in rows(read(content(data)))] == ["o�e", "two"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Bo left the group.", "system"),
        ("Bo Sample left the group.", "system"),
        ("Cy left the group.", None),
        ("Du hast die Gruppe verlassen.", "system"),
        ("Bo hat Cy Sample zur Gruppe hinzugefügt.", "system"),
        ("Bo hat Cy gesagt, dass er geht.", None),
        ("You named the group Climbers.", "system"),
        ("You set the nickname for Cy Sample to Cyclist.", "system"),
        ("You sent a photo.", "placeholder"),
        ("You turned off the light.", None),
        ("Reacted 😂 to your message ", "system"),
        ("Liked a message", "system"),
        ("Say hi to your new Facebook friend, Cy.", "system"),
        ("You are now connected on Messenger", "system"),
        ("Bo " + "left the group " * 40, None),
    ],
)
def test_platform_lines_are_told_only_after_their_sender(line: str, kind: str | None) -> None:
    assert line_kind(line, openings("Bo Sample")) == kind


@given(st.text(max_size=500))
def test_any_line_is_told(line: str) -> None:
    assert line_kind("Bo " + line, openings("Bo Sample")) in {None, "system", "placeholder"}
