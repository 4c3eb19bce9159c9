"""X, Google Chat and text messages in every way of writing: what was written is what is read."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from hypothesis import given
from hypothesis import strategies as st

from notworking.records import Contact, Thread
from notworking.tests.ingest.drawn import EXAMPLES, NAMES, TEXTS, TIMES, ReadBack, events

# --- the archive of X ----------------------------------------------------------------------------


@EXAMPLES
@given(
    said=st.lists(st.tuples(st.booleans(), TEXTS, TIMES), min_size=1, max_size=6),
    old=st.booleans(), indent=st.sampled_from([None, 2]), receiver=st.booleans(),
)  # fmt: skip
def test_messages_of_x(
    said: list[tuple[bool, str, datetime]],
    old: bool,
    indent: int | None,
    receiver: bool,
    read_back: ReadBack,
) -> None:
    messages = []
    for number, (out, text, at) in enumerate(said):
        pair = ("11", "22")[:: 1 if out else -1]
        message = {
            "id": str(number), "senderId": pair[0], "text": text,
            "createdAt": f"{at:%Y-%m-%dT%H:%M:%S}.000Z", "mediaUrls": [], "urls": [],
        }  # fmt: skip
        messages.append({"messageCreate": message | ({"recipientId": pair[1]} if receiver else {})})
    talk = {"conversationId": "11-22", "messages": messages}
    name = "direct_message" if old else "direct_messages"
    text = json.dumps([talk if old else {"dmConversation": talk}], indent=indent)
    data = f"window.YTD.{name}.part0 = {text}{'' if old else ';'}\n".encode()
    path = "direct-message.js" if old else "data/direct-messages.js"
    found = read_back(data, path, "x.messages")
    assert [(row["party"]["key"], row["text"], row["at"]) for row in events(found)] == [
        ("x:11" if out else "x:22", text, at) for out, text, at in said
    ]


@EXAMPLES
@given(
    posts=st.lists(st.tuples(NAMES, TEXTS, TIMES), min_size=1, max_size=6),
    old=st.booleans(), part=st.booleans(),
)  # fmt: skip
def test_replies_on_x(
    posts: list[tuple[str, str, datetime]], old: bool, part: bool, read_back: ReadBack
) -> None:
    tweets: list[dict[str, Any]] = []
    for number, (name, text, at) in enumerate(posts):
        named = {"name": name, "screen_name": f"h{number}", "id_str": str(number)}
        tweet = {
            "id_str": str(100 + number), "created_at": f"{at:%a %b %d %H:%M:%S} +0000 {at.year}",
            "full_text": text, "in_reply_to_user_id_str": str(number),
            "in_reply_to_screen_name": f"h{number}", "entities": {"user_mentions": [named]},
        }  # fmt: skip
        tweets.append(tweet if old else {"tweet": tweet})
    data = f"window.YTD.tweet.part0 = {json.dumps(tweets)}".encode()
    path = "tweet.js" if old else f"data/tweets{'-part1' if part else ''}.js"
    found = read_back(data, path, "x.tweets")
    assert [
        (row["kind"], row["party"]["key"], row["party"]["name"], row["at"], row["text"])
        for row in events(found)
    ] == [("comment", f"x:{n}", name, at, text) for n, (name, text, at) in enumerate(posts)]
    assert [(c.full_name, c.nickname) for c in found if isinstance(c, Contact)] == [
        (name, f"h{n}") for n, (name, _, _) in enumerate(posts)
    ]


# --- Google Chat ---------------------------------------------------------------------------------


@EXAMPLES
@given(
    said=st.lists(st.tuples(st.booleans(), TEXTS, TIMES), min_size=1, max_size=6),
    name=NAMES, narrow=st.booleans(), ascii_only=st.booleans(),
)  # fmt: skip
def test_google_chat(
    *,
    said: list[tuple[bool, str, datetime]],
    name: str,
    narrow: bool,
    ascii_only: bool,
    read_back: ReadBack,
) -> None:
    people = (("Ada", "ada@example.com"), (name, "bo@example.org"))
    messages = []
    for number, (out, text, at) in enumerate(said):
        who, mail = people[0 if out else 1]
        blank = "\u202f" if narrow else " "
        clock = f"{at.hour % 12 or 12}:{at:%M:%S}{blank}{'AP'[at.hour > 11]}M"
        messages.append(
            {
                "creator": {"name": who, "email": mail, "user_type": "Human"},
                "created_date": f"{at:%A, %B} {at.day}, {at.year} at {clock} UTC",
                "text": text,
                "message_id": f"x/y/{number}",
            }
        )
    data = json.dumps({"messages": messages}, indent=2, ensure_ascii=ascii_only).encode()
    path = "Takeout/Google Chat/Groups/DM x/messages.json"
    found = read_back(data, path, "google_chat.messages")
    assert [
        (row["key"], row["party"]["key"], row["party"]["name"], row["at"], row["text"])
        for row in events(found)
    ] == [
        (f"x/y/{n}", people[not out][1], people[not out][0], at, text)
        for n, (out, text, at) in enumerate(said)
    ]
    (thread,) = (record for record in found if isinstance(record, Thread))
    assert thread.key == "DM x"


# --- text messages -------------------------------------------------------------------------------


def attribute(text: str, *, references: bool) -> str:
    """Return a quoted attribute; the app writes emoji as two references each."""
    quoted = quoteattr(text, {"\n": "&#10;"})
    if not references:
        return quoted
    halves = quoted.encode("utf-16-be", "surrogatepass")
    codes = [int.from_bytes(halves[at : at + 2], "big") for at in range(0, len(halves), 2)]
    return "".join(chr(code) if code < 0x80 else f"&#{code};" for code in codes)


@EXAMPLES
@given(
    said=st.lists(st.tuples(st.booleans(), NAMES, TEXTS, TIMES), min_size=1, max_size=6),
    references=st.booleans(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)  # fmt: skip
def test_text_messages(
    said: list[tuple[bool, str, str, datetime]],
    references: bool,
    encoding: str,
    read_back: ReadBack,
) -> None:
    lines = ["<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>", '<smses count="1">']
    for number, (out, name, text, at) in enumerate(said):
        body = attribute(text, references=references)
        shown = attribute(name, references=references)
        lines.append(
            f'<sms protocol="0" address="+1202555{number:04d}" date="{int(at.timestamp())}000" '
            f'type="{2 if out else 1}" body={body} contact_name={shown} />'
        )
    data = "\n".join([*lines, "</smses>"]).encode(encoding)
    found = read_back(data, "sms-20260102.xml", "sms.backup")
    assert [
        (row["party"]["key"], row["party"]["name"], row["direction"], row["at"], row["text"])
        for row in events(found)
    ] == [
        (f"+1202555{n:04d}", name, "out" if out else "in", at, text)
        for n, (out, name, text, at) in enumerate(said)
    ]


@EXAMPLES
@given(calls=st.lists(st.tuples(st.sampled_from("123"), NAMES, TIMES, st.integers(0, 99))))
def test_calls(calls: list[tuple[str, str, datetime, int]], read_back: ReadBack) -> None:
    lines = ["<?xml version='1.0' encoding='UTF-8' ?>", '<calls count="1">']
    for number, (kind, name, at, seconds) in enumerate(calls):
        lines.append(
            f'<call number="+1202555{number:04d}" duration="{seconds}" type="{kind}" '
            f'date="{int(at.timestamp())}000" contact_name={quoteattr(name)} />'
        )
    data = "\n".join([*lines, "</calls>"]).encode()
    found = read_back(data, "calls-20260102.xml", "sms.backup")
    expected = []
    for number, (kind, _, at, seconds) in enumerate(calls):
        spoken = kind in "12" and seconds > 0
        direction = "mutual" if spoken else "out" if kind == "2" else "in"
        expected.append((f"+1202555{number:04d}", direction, at, None if spoken else "missed"))
    assert [
        (row["party"]["key"], row["direction"], row["at"], row["text"]) for row in events(found)
    ] == expected
