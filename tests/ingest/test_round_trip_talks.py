"""Conversations of Meta's three exports as JSON: what was written is what is read.

Every file is written both as Meta does, each byte of UTF-8 as a character of its own, and as
somebody's editor saves it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.records import Events, Record, Thread
from notworking.tests.ingest.drawn import ReadBack, words
from notworking.tests.ingest.drawn_meta import EXAMPLES, NAMES, PENS, MetaJson, Pen, at

OWNER = "Ada Example"
TEXTS = words(' \n"\\/,:@()[]{}<>', first="Zz")


def rows(records: list[Record]) -> list[dict[str, Any]]:
    return [
        row
        for record in records
        if isinstance(record, Events)
        for row in record.frame.iter_rows(named=True)
    ]


# --- conversations -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    out: bool
    text: str
    milliseconds: int
    reaction: str | None


SAID = st.lists(
    st.builds(
        Said,
        out=st.booleans(),
        text=TEXTS,
        milliseconds=st.integers(1_100_000_000_000, 1_900_000_000_000),
        reaction=st.sampled_from([None, "👍", "❤"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda said: said.milliseconds // 1000,
)


@dataclass(frozen=True)
class Era:
    """How a conversation of some years is written.

    Attributes:
        folder: Where conversations lie, and the name of their file.
        thread: Name of the folder of one.
        key: What identifies it.
        more: Fields of every message.
    """

    folder: str
    thread: str
    key: str
    file: str = "message_1.json"
    in_seconds: bool = False
    more: tuple[tuple[str, object], ...] = ()
    head: tuple[tuple[str, object], ...] = ()

    def write(self, other: str, said: list[Said]) -> Any:
        messages = []
        for one in said:
            time = one.milliseconds // 1000 if self.in_seconds else one.milliseconds
            who, whom = (OWNER, other) if one.out else (other, OWNER)
            message: dict[str, Any] = {
                "sender_name": who,
                "timestamp" if self.in_seconds else "timestamp_ms": time,
                "content": one.text,
                **dict(self.more),
            }
            if one.reaction:
                message["reactions"] = [{"reaction": one.reaction, "actor": whom}]
            messages.append(message)
        return {
            "participants": [{"name": other}, {"name": OWNER}],
            "messages": messages,
            "title": other,
            "thread_path": f"inbox/{self.thread}",
            **dict(self.head),
        }

    def path(self) -> str:
        return f"{self.folder}/{self.thread}/{self.file}"


LETTERED, NUMBERED = "bosample_a1b2c3d4e5", "bosample_1000000000000001"
NUMBER = "1000000000000001"
GENERIC, REGULAR = (("type", "Generic"),), (("thread_type", "Regular"),)
GEO = (("is_geoblocked_for_viewer", False),)
ERAS = {
    "facebook, spring 2018": Era(
        "messages", LETTERED, LETTERED, "message.json", in_seconds=True, more=GENERIC, head=REGULAR
    ),
    "facebook, 2018": Era("messages/inbox", LETTERED, LETTERED, more=GENERIC, head=REGULAR),
    "facebook, 2021": Era(
        "messages/inbox",
        LETTERED,
        LETTERED,
        more=(*GENERIC, ("is_unsent", False)),
        head=(*REGULAR, ("magic_words", []), ("is_still_participant", True)),
    ),
    "facebook, 2023": Era(
        "your_activity_across_facebook/messages/inbox", NUMBERED, NUMBER, more=GEO
    ),
    "facebook, 2025": Era("your_facebook_activity/messages/inbox", NUMBERED, NUMBER, more=GEO),
    "facebook, archived": Era(
        "your_facebook_activity/messages/archived_threads", NUMBERED, NUMBER, more=GEO
    ),
    "facebook, encrypted since": Era(
        "your_facebook_activity/messages/e2ee_cutover", NUMBERED, NUMBER, more=GEO
    ),
    "instagram": Era("your_instagram_activity/messages/inbox", NUMBERED, NUMBER, more=GEO),
}


def told(record: dict[str, Any]) -> tuple[Any, ...]:
    return record["kind"], record["party"]["name"], record["at"], record["text"]


def expected(said: list[Said], other: str, *, in_seconds: bool = False) -> list[tuple[Any, ...]]:
    """Return messages, then reactions, as rows."""
    found = []
    for one in said:
        whole = one.milliseconds // 1000 * 1000 if in_seconds else one.milliseconds
        when = datetime.fromtimestamp(whole // 1000, UTC).replace(microsecond=whole % 1000 * 1000)
        who, whom = (OWNER, other) if one.out else (other, OWNER)
        found.append(("message", who, when, one.text))
        if one.reaction:
            found.append(("reaction", whom, when, one.reaction))
    return sorted(found, key=str)


@pytest.mark.parametrize("name", ERAS)
@EXAMPLES
@given(other=NAMES, said=SAID, pen=PENS)
def test_conversations(
    *, name: str, other: str, said: list[Said], pen: Pen, meta_json: MetaJson, read_back: ReadBack
) -> None:
    era = ERAS[name]
    data = meta_json(era.write(other, said), pen)
    found = read_back(data, era.path(), f"{name.partition(',')[0]}.messages")
    (thread,) = (record for record in found if isinstance(record, Thread))
    assert (thread.key, thread.title) == (era.key, other)
    assert {member.name for member in thread.members} == {other, OWNER}
    assert sorted(map(told, rows(found)), key=str) == expected(
        said, other, in_seconds=era.in_seconds
    )


@EXAMPLES
@given(other=NAMES, said=SAID, pen=PENS, number=st.integers(1, 99))
def test_encrypted_conversations(
    *, other: str, said: list[Said], pen: Pen, number: int, meta_json: MetaJson, read_back: ReadBack
) -> None:
    messages = []
    for one in said:
        who, whom = (OWNER, other) if one.out else (other, OWNER)
        reactions = [{"actor": whom, "reaction": one.reaction}] if one.reaction else []
        messages.append(
            {
                "isUnsent": False,
                "media": [],
                "reactions": reactions,
                "senderName": who,
                "text": one.text,
                "timestamp": one.milliseconds,
                "type": "text",
            }
        )
    chat = {
        "participants": [OWNER, other],
        "threadName": f"{other}_{number}",
        "messages": messages,
    }
    path = f"messages/Chat_{number}.json"
    found = read_back(meta_json(chat, pen), path, "messenger.secure_storage")
    (thread,) = (record for record in found if isinstance(record, Thread))
    assert (thread.title, {member.name for member in thread.members}) == (other, {other, OWNER})
    assert sorted(map(told, rows(found)), key=str) == expected(said, other)


def since_2011(seconds: int) -> datetime:
    """Return a time at which there was an Instagram."""
    return at(1_300_000_000 + seconds // 4)


@EXAMPLES
@given(said=SAID, pen=PENS, zone=st.booleans())
def test_conversations_of_instagram_before_2021(
    said: list[Said], pen: Pen, zone: bool, meta_json: MetaJson, read_back: ReadBack
) -> None:
    conversation: list[dict[str, Any]] = []
    expected: list[tuple[Any, ...]] = []
    for one in said:
        when = since_2011(one.milliseconds // 1000)
        who, whom = ("ada.example", "bo.sample")[:: 1 if one.out else -1]
        message: dict[str, Any] = {
            "sender": who,
            "created_at": f"{when:%Y-%m-%dT%H:%M:%S}{'+00:00' if zone else ''}",
            "text": one.text,
        }
        expected.append(("message", f"https://www.instagram.com/{who}", when, one.text))
        if one.reaction:
            message["likes"] = [{"username": whom, "date": message["created_at"]}]
            expected.append(("reaction", f"https://www.instagram.com/{whom}", when, None))
        conversation.append(message)
    talk = {"participants": ["ada.example", "bo.sample"], "conversation": conversation}
    found = read_back(meta_json([talk], pen), "messages.json", "instagram.flat_messages")
    assert [
        (row["kind"], row["party"]["key"], row["at"], row["text"]) for row in rows(found)
    ] == expected
