"""WhatsApp chats: every shape of date and line comes back as it was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest.importer import Content
from notworking.ingest.whatsapp import IMPORTER
from notworking.records import Events, Notice, Record, Reject, Thread

MakeContent = Callable[[bytes], Content]
MARK = "\u200e"
PAIR = "WhatsApp Chat with Ana Example.txt"

#: Every way a phone writes the head of a line: name, pattern of the date, pattern of the clock,
#: what stands around them.
SHAPES = [
    ("%d/%m/%Y", "%H:%M", "{}, {} - {}: {}"),
    ("%m/%d/%y", "%I:%M\u202f%p", "{}, {} - {}: {}"),
    ("%d/%m/%Y", "%I:%M {half}", "{}, {} - {}: {}"),
    ("%d.%m.%y", "%H:%M", "{}, {} - {}: {}"),
    ("%d.%m.%Y", "klo %H.%M", "{} {} - {}: {}"),
    ("%d.%m.%Y", "%H:%M", "{} {} - {}: {}"),
    ("%Y/%m/%d", "{zh}%I:%M", "{} {} - {}: {}"),
    ("%Y. %m. %d.", "%H:%M", "{} {} - {}: {}"),
    ("%Y-%m-%d", "%H:%M", "{} {} - {}: {}"),
    ("%d-%m-%Y", "%H:%M", "{} {} - {}: {}"),
    ("%d.%m.%y", "%H:%M:%S", "[{}, {}] {}: {}"),
    ("%Y/%m/%d", "%H:%M:%S", "[{}, {}] {}: {}"),
    ("%m/%d/%y", "%I:%M:%S %p", MARK + "[{}, {}] {}: {}"),
    ("%d/%m/%y", "%H:%M:%S", "{} {}: {}: {}"),
]


def written(shape: tuple[str, str, str], at: datetime, author: str, text: str) -> str:
    day, clock, line = shape
    morning = at.hour < 12
    clock = clock.replace("{half}", "a. m." if morning else "p. m.")
    clock = clock.replace("{zh}", "上午" if morning else "下午")
    return line.format(at.strftime(day), at.strftime(clock), author, text)


def read(content: MakeContent, text: str, path: str = PAIR) -> list[Record]:
    return list(IMPORTER.extract(content(text.encode()), path))


def events(records: list[Record]) -> list[dict[str, Any]]:
    frames = [record.frame for record in records if isinstance(record, Events)]
    return [row for frame in frames for row in frame.iter_rows(named=True)]


def thread(records: list[Record]) -> Thread:
    return next(record for record in records if isinstance(record, Thread))


def notices(records: list[Record]) -> str:
    return "\n".join(record.message for record in records if isinstance(record, Notice))


WORDS = st.text(st.sampled_from("abc dé好🙂\u2028,.-/0123456789"), min_size=1, max_size=30)
TEXTS = st.lists(WORDS.map(str.strip).filter(bool), min_size=1, max_size=3).map("\n".join)
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2039, 12, 31))  # noqa: DTZ001 (as phones)
SPOKEN = st.tuples(MOMENTS, st.sampled_from(["Ana Example", "Ada Sample"]), TEXTS)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape[2].format(*shape[:2], "A", "t"))
@settings(max_examples=40, deadline=None, derandomize=True)
@given(spoken=st.lists(SPOKEN, min_size=1, max_size=12))
def test_what_a_phone_writes_comes_back(
    content: MakeContent, shape: tuple[str, str, str], spoken: list[tuple[datetime, str, str]]
) -> None:
    # A day beyond the twelfth settles the order of day and month, as in nearly every chat.
    spoken = [*spoken, (datetime(2039, 12, 31, 23, 59, tzinfo=UTC), "Ana Example", "end")]
    text = "\n".join(written(shape, at, author, said) for at, author, said in spoken)
    rows = events(read(content, text, "chat.txt"))
    precision = {} if "%S" in shape[1] else {"second": 0}
    assert [row["at"] for row in rows] == [
        at.replace(microsecond=0, tzinfo=UTC, **precision) for at, _, _ in spoken
    ]
    assert [row["party"]["name"] for row in rows] == [author for _, author, _ in spoken]
    assert [row["text"] for row in rows] == [said.strip() for _, _, said in spoken]
    assert len({row["key"] for row in rows}) == len(rows)


def test_a_chat_named_after_one_of_two_authors_tells_who_the_owner_is(
    content: MakeContent,
) -> None:
    text = "13/06/2018, 10:00 - Ana Example: hi\n13/06/2018, 10:01 - Ada Sample: hello\n"
    rows = events(read(content, text))
    assert [(row["party"]["name"], row["direction"]) for row in rows] == [
        ("Ana Example", "in"),
        ("Ana Example", "out"),
    ]
    unnamed = events(read(content, text, "_chat.txt"))
    assert [(row["party"]["name"], row["direction"]) for row in unnamed] == [
        ("Ana Example", None),
        ("Ada Sample", None),
    ]


def test_three_authors_make_a_group_without_direction(content: MakeContent) -> None:
    text = "".join(
        f"13/06/2018, 10:0{n} - {who}: hi\n" for n, who in enumerate(("Ana", "Bo", "Cy"))
    )
    records = read(content, text, "WhatsApp Chat with Walkers.txt")
    assert thread(records).flags == ("group",)
    assert [member.name for member in thread(records).members] == ["Ana", "Bo", "Cy"]
    assert {row["direction"] for row in events(records)} == {None}


def test_keys_stay_the_same_in_a_longer_export_and_a_second_download(content: MakeContent) -> None:
    first = "13/06/2018, 10:00 - Ana Example: hi\n13/06/2018, 10:00 - Ana Example: hi\n"
    early = [row["key"] for row in events(read(content, first))]
    longer = first + "14/06/2018, 10:00 - Ada Sample: hello\n"
    late = [row["key"] for row in events(read(content, longer, PAIR.replace(".txt", " (1).txt")))]
    assert late[:2] == early
    assert early[0] != early[1]


def test_a_chat_moved_to_another_kind_of_phone_keeps_its_keys(content: MakeContent) -> None:
    android = "13/06/2018, 22:00 - Ana Example: hi\n"
    iphone = "[13.06.18, 22:00:07] Ana Example: hi\n"
    folder = "WhatsApp Chat - Ana Example/_chat.txt"
    keys = [
        events(read(content, android))[0]["key"],
        events(read(content, iphone, folder))[0]["key"],
    ]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["05/06/18", "13/06/18"], "2018-06-05"),
        (["05/06/18", "06/13/18"], "2018-05-06"),
        (["05/06/18", "06/06/18", "01/07/18"], "2018-06-05"),
        (["05/06/18", "05/07/18", "06/01/18"], "2018-05-06"),
        (["01/05/18", "02/05/18", "01/05/18"], "2018-05-01"),
    ],
    ids=["day over 12", "month over 12", "never backwards", "backwards else", "fewer months"],
)
def test_the_order_of_day_and_month_is_found_over_the_whole_file(
    content: MakeContent, lines: list[str], expected: str
) -> None:
    records = read(content, "".join(f"{day}, 10:00 - Ana Example: x\n" for day in lines))
    assert events(records)[0]["at"].date().isoformat() == expected
    assert "either way" not in notices(records)


@pytest.mark.parametrize(
    ("line", "month", "words"),
    [
        ("05/06/2018, 10:00 - Ana Example: x\n", 6, "day before month"),
        ("5/6/18, 1:00 PM - Ana Example: x\n", 5, "month before day"),
    ],
)
def test_an_order_that_nothing_proves_is_said_to_be_assumed(
    content: MakeContent, line: str, month: int, words: str
) -> None:
    records = read(content, line)
    assert events(records)[0]["at"].month == month
    assert words in notices(records)


def test_a_line_of_another_shape_belongs_to_the_message_before_it(content: MakeContent) -> None:
    text = (
        "13/06/2018, 10:00 - Ana Example: he wrote\n[14.06.18, 10:00:00] Bo: as quoted\n"
        "15/06/2018, 10:00 - Ana Example: end\n"
    )
    rows = events(read(content, text))
    assert rows[0]["text"] == "he wrote\n[14.06.18, 10:00:00] Bo: as quoted"
    assert [row["place"] for row in rows] == ["line 1", "line 3"]


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        (f"{MARK}image omitted", "message", None),
        (f"{MARK}Bild weggelassen", "message", None),
        (f"{MARK}<attached: 00000012-PHOTO-2018.jpg>", "message", None),
        (f"Plan.pdf • {MARK}3 pages {MARK}document omitted", "message", "Plan.pdf • 3 pages"),
        (f"a caption {MARK}<Anhang: 00000012-PHOTO-2018.jpg>", "message", "a caption"),
        ("<Media omitted>", "message", None),
        ("<Medien ausgeschlossen>", "message", None),
        ("IMG-2018-WA0001.jpg (Datei angehängt)\na caption", "message", "a caption"),
        ("This message was deleted", "message", None),
        (f"{MARK}You deleted this message.", "message", None),
        (f"later {MARK}<This message was edited>", "message", "later"),
        (f"{MARK}Missed voice call", "call", "missed"),
        (f"{MARK}Verpasster Videoanruf", "call", "missed"),
        (f"{MARK}Voice call, {MARK}5 min", "call", None),
        ("Video call, 5 pm?", "message", "Video call, 5 pm?"),
        (f"{MARK}Location: https://example.com", "message", "Location: https://example.com"),
        (f"{MARK}Ana Example is a contact", "system", "Ana Example is a contact"),
        ("the picture you omitted", "message", "the picture you omitted"),
        ("<3 omitted", "message", "<3 omitted"),
    ],
)  # fmt: skip
def test_what_nobody_typed_is_told_from_what_somebody_did(
    content: MakeContent, text: str, kind: str, kept: str | None
) -> None:
    opening = "[13.06.18, 10:00:00] Ana Example: first\n"
    rows = events(read(content, f"{opening}[13.06.18, 10:00:01] Ada Sample: {text}\n"))
    assert (rows[1]["kind"], rows[1]["text"]) == (kind, kept)


def test_an_answered_call_goes_both_ways(content: MakeContent) -> None:
    text = (
        "[13.06.18, 10:00:00] Ana Example: hi\n"
        f"[13.06.18, 10:01:00] Ada Sample: {MARK}Video call, {MARK}5 min\n"
        f"[13.06.18, 10:09:00] Ada Sample: {MARK}Video call, {MARK}No answer\n"
    )
    rows = events(read(content, text, "WhatsApp Chat - Ana Example/_chat.txt"))
    assert [row["direction"] for row in rows] == ["in", "mutual", "out"]


def test_an_author_without_a_name_is_a_phone_number_to_look_up(content: MakeContent) -> None:
    records = read(content, "13/06/2018, 10:00 - +1 (202) 555-0143: hi\n", "_chat.txt")
    assert events(records)[0]["party"] == {"key": "+12025550143", "name": None}
    contact = next(record for record in records if type(record).__name__ == "Contact")
    assert (contact.key, contact.points[0].raw) == ("+12025550143", "+1 (202) 555-0143")  # type: ignore[union-attr]


def test_an_export_at_the_limit_is_said_to_be_cut(content: MakeContent) -> None:
    start = datetime(2018, 6, 13, tzinfo=UTC)
    lines = [
        f"{start + timedelta(minutes=n):%d/%m/%Y, %H:%M} - Ana Example: x" for n in range(40_000)
    ]
    assert "latest 40,000 messages" in notices(read(content, "\n".join(lines)))
    assert "latest" not in notices(read(content, "\n".join(lines[:30_000])))


def test_a_file_without_messages_is_one_reject(content: MakeContent) -> None:
    assert [type(record) for record in read(content, "a shopping list\n")] == [Reject]


@pytest.mark.parametrize(
    ("path", "head", "ours"),
    [
        ("_chat.txt", b"", True),
        ("WhatsApp Chat with Bo.txt", b"", True),
        ("notes.txt", b"13/06/2018, 10:00 - Ana: a\n13/06/2018, 10:01 - Bo: b\n", True),
        ("notes.txt", b"13/06/2018, 10:00 - Ana: one line proves nothing\n", False),
        ("notes.txt", b"2018-06-13 10:00:00 started\n2018-06-13 10:00:01 done\n", False),
        ("chat.csv", b"13/06/2018, 10:00 - Ana: a\n13/06/2018, 10:01 - Bo: b\n", False),
    ],
)
def test_chats_are_known_by_name_or_by_their_lines(path: str, head: bytes, ours: bool) -> None:
    assert IMPORTER.identify(path, head) is ours


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("WhatsApp Chat with Ana Example.txt", "Ana Example"),
        ("WhatsApp Chat - Ana Example/_chat.txt", "Ana Example"),
        ("WhatsApp Chat - Ana Example.zip/_chat.txt", "Ana Example"),
        ("WhatsApp-Chat mit Ana Example (2).txt", "Ana Example"),
        ("Chat de WhatsApp con Ana Example.txt", "Ana Example"),
        ("Discussion WhatsApp avec Ana Example.txt", "Ana Example"),
        ("Conversa do WhatsApp com Ana Example.txt", "Ana Example"),
        ("Чат WhatsApp с контактом Ana Example.txt", "Ana Example"),
        ("与Ana Example的WhatsApp聊天.txt", "Ana Example"),
        ("WhatsApp - backup/_chat.txt", None),
        ("_chat.txt", None),
    ],
)
def test_a_chat_is_called_what_its_file_is_called(
    content: MakeContent, path: str, title: str | None
) -> None:
    text = "13/06/2018, 10:00 - Ana Example: hi\n13/06/2018, 10:01 - Ada Sample: hello\n"
    assert thread(read(content, text, path)).title == title


def test_a_chat_in_which_the_other_never_wrote_still_names_them(content: MakeContent) -> None:
    only_owner = read(content, "13/06/2018, 10:00 - Ada Sample: hello?\n")
    assert [member.name for member in thread(only_owner).members] == ["Ada Sample", "Ana Example"]
    assert events(only_owner)[0]["direction"] is None
