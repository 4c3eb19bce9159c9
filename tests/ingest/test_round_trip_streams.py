"""Telegram, calendars and mail in every way of writing: what was written is what is read."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notworking.records import Contact, Event, Thread
from notworking.tests.ingest.drawn import EXAMPLES, NAMES, TEXTS, TIMES, ReadBack, events

# --- Telegram ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A line of a chat: a message, or a call of so many seconds."""

    out: bool
    text: str
    at: datetime
    call: int | None
    pieces: bool


LINES = st.lists(
    st.builds(
        Line,
        out=st.booleans(),
        text=TEXTS,
        at=TIMES,
        call=st.sampled_from([None, None, None, 0, 65]),
        pieces=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


def telegram_message(number: int, line: Line, other: str, *, old: bool) -> dict[str, Any]:
    who, key = ("Ada Example", 11) if line.out else (other, 22)
    made: dict[str, Any] = {"id": number, "date": f"{line.at:%Y-%m-%dT%H:%M:%S}"}
    if not old:
        made["date_unixtime"] = str(int(line.at.timestamp()))
    if line.call is not None:
        action = {"type": "service", "action": "phone_call", "actor": who, "text": ""}
        told = {"duration_seconds": line.call} if line.call else {"discard_reason": "missed"}
        return made | action | told | {"actor_id": key if old else f"user{key}"}
    half = len(line.text) // 2
    text: Any = line.text
    if line.pieces:
        text = [line.text[:half], {"type": "bold", "text": line.text[half:]}]
    return (
        made
        | {"type": "message", "from": who, "from_id": key if old else f"user{key}"}
        | {"text": text}
    )


@pytest.mark.parametrize("kind", ["personal_chat", "private_group", "private_supergroup"])
@EXAMPLES
@given(
    other=NAMES, lines=LINES, old=st.booleans(), alone=st.booleans(), section=st.booleans(),
    indent=st.sampled_from([None, 1]), ascii_only=st.booleans(),
)  # fmt: skip
def test_telegram(
    *,
    kind: str,
    other: str,
    lines: list[Line],
    old: bool,
    alone: bool,
    section: bool,
    indent: int | None,
    ascii_only: bool,
    read_back: ReadBack,
) -> None:
    messages = [telegram_message(n, line, other, old=old) for n, line in enumerate(lines)]
    chat = {"name": other, "type": kind, "id": 22, "messages": messages}
    whole = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 11, "first_name": "Ada", "last_name": "Example"},
        "left_chats" if section else "chats": {"about": "x", "list": [chat]},
    }
    text = json.dumps(chat if alone else whole, indent=indent, ensure_ascii=ascii_only)
    found = read_back(text.encode(), "result.json", "telegram.export")
    (thread,) = (record for record in found if isinstance(record, Thread))
    assert thread.title == other
    assert ("group" in thread.flags) == (kind != "personal_chat")
    assert [
        (row["kind"], row["party"]["key"], row["party"]["name"], row["at"], row["text"])
        for row in events(found)
    ] == [
        (
            "message" if line.call is None else "call",
            "user11" if line.out else "user22",
            "Ada Example" if line.out else other,
            line.at,
            line.text if line.call is None else None if line.call else "missed",
        )
        for line in lines
    ]


# --- calendars -----------------------------------------------------------------------------------

BERLIN = ZoneInfo("Europe/Berlin")
OWNER_LINE = "mailto:ada@example.com"


def folded(line: str, width: int, end: str) -> str:
    """Return a line folded between bytes, as programs that count bytes do."""
    data, pieces = line.encode(), []
    while data:
        pieces.append(data[:width])
        data = data[width:]
    return f"{end} ".join(piece.decode("latin-1") for piece in pieces) + end


@EXAMPLES
@given(
    meetings=st.lists(st.tuples(NAMES, TIMES, st.booleans()), min_size=3, max_size=6),
    width=st.integers(5, 75),
    end=st.sampled_from(["\n", "\r\n"]),
    zone=st.sampled_from(["UTC", "Berlin", "parameter"]),
    owner_organises=st.booleans(),
)
def test_calendars(
    *,
    meetings: list[tuple[str, datetime, bool]],
    width: int,
    end: str,
    zone: str,
    owner_organises: bool,
    read_back: ReadBack,
) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Calendar//EN"]
    expected = []
    for number, (name, at, accepted) in enumerate(meetings):
        other = f"mailto:p{number}@example.org"
        # Names with a comma, a colon or a semicolon stand in quotes; quotes cannot stand in them.
        guest = f"ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT={'ACCEPTED' if accepted else 'NEEDS-ACTION'}"
        start = f"DTSTART:{at:%Y%m%dT%H%M%SZ}"
        if zone != "UTC":
            start = f"DTSTART;TZID=Europe/Berlin:{at.astimezone(BERLIN):%Y%m%dT%H%M%S}"
        lines += [
            "BEGIN:VEVENT", f"UID:{number}@example.com", "DTSTAMP:20260102T100000Z", start,
            f"ORGANIZER;CN=Ada Example:{OWNER_LINE}" if owner_organises or not accepted
            else f'ORGANIZER;CN="{name}":{other}',
            f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Ada Example:{OWNER_LINE}",
            f'{guest};CN="{name}":{other}', "SUMMARY:private", "END:VEVENT",
        ]  # fmt: skip
        direction = "mutual" if accepted else "out"
        expected.append(
            ("meeting", f"p{number}@example.org", " ".join(name.split()), direction, at)
        )
    text = "".join(folded(line, width, end) for line in [*lines, "END:VCALENDAR"])
    found = read_back(text.encode("latin-1"), "calendar.ics", "calendar.meetings")
    assert [
        (e.kind, e.party.key, e.party.name, e.direction, e.at.replace(fold=0) if e.at else None)
        for e in found
        if isinstance(e, Event)
    ] == expected
    (owner,) = (c for c in found if isinstance(c, Contact) and c.relation == "self")
    assert owner.points[0].raw == "ada@example.com"


# --- mail ----------------------------------------------------------------------------------------


def encoded(name: str, how: str) -> str:
    """Return a name as heads of mails write what is not ASCII."""
    if how == "B":
        return f"=?UTF-8?B?{b64encode(name.encode()).decode()}?="
    if how == "Q":
        return "=?utf-8?Q?" + "".join(f"={byte:02X}" for byte in name.encode()) + "?="
    if how == "two words":
        half = len(name) // 2
        return f"{encoded(name[:half], 'B')}\n {encoded(name[half:], 'Q')}"
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


BODIES = st.sampled_from(["Hi\n", "", ">From the start\n\n\nNo: head\n", "From: x\nTo: y\n\n"])


@EXAMPLES
@given(
    mails=st.lists(
        st.tuples(st.booleans(), NAMES, TIMES, BODIES, st.integers(-11, 11)),
        min_size=1, max_size=6,
    ),
    how=st.sampled_from(["B", "Q", "two words", "plain"]),
    end=st.sampled_from(["\n", "\r\n"]),
    label=st.sampled_from(["Sent", "=?UTF-8?Q?Gesendet,Wichtig?="]),
)  # fmt: skip
def test_mail(
    mails: list[tuple[bool, str, datetime, str, int]],
    how: str,
    end: str,
    label: str,
    read_back: ReadBack,
) -> None:
    text, expected = "", []
    for number, (out, name, at, body, hours) in enumerate(mails):
        other = f"{encoded(name, how)} <p{number}@example.org>"
        sender, to = ("Ada <ada@example.com>", other)[:: 1 if out else -1]
        local = at.astimezone(UTC) + timedelta(hours=hours)
        zone = f"{'-' if hours < 0 else '+'}{abs(hours):02d}00"
        text += (
            f"From {number}@xxx {at:%a %b %d %H:%M:%S} +0000 {at.year}\n"
            f"X-GM-THRID: {number}\nX-Gmail-Labels: {label if out else 'Inbox'}\n"
            f"Date: {local:%a, %d %b %Y %H:%M:%S} {zone}\nFrom: {sender}\nTo: {to}\n"
            f"Message-ID: <m{number}@example.org>\nSubject: private\n\n{body}\n"
        )
        pair = ("ada@example.com", f"p{number}@example.org")[:: 1 if out else -1]
        names = ("Ada", " ".join(name.split()))[:: 1 if out else -1]
        expected.append((f"m{number}@example.org", at, *pair, *names))
    data = text.replace("\n", end).encode()
    found = read_back(data, "All mail.mbox", "mail.box")
    rows = events(found)
    assert [
        (
            row["key"], row["at"], row["party"]["key"], row["recipients"][0]["key"],
            row["party"]["name"], row["recipients"][0]["name"],
        )
        for row in rows
    ] == expected  # fmt: skip
    owners = [c.points[0].raw for c in found if isinstance(c, Contact) and c.relation == "self"]
    assert owners == (["ada@example.com"] if any(out for out, *_ in mails) else [])
