"""Small damage far from a row does not cost the row, or else something says so."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from notworking.delimited import UTF_16_ENDS, decode, realigned
from notworking.ingest.drop import owner_of
from notworking.ingest.importer import HEAD_SIZE, Content, Importer
from notworking.records import Contact, Event, Record, Reject, Thread

MakeContent = Callable[[bytes], Content]


def read(content: MakeContent, data: bytes, path: str) -> list[Record]:
    owner = owner_of(path, data[:HEAD_SIZE])
    assert isinstance(owner, Importer)
    return list(owner.extract(content(data), path))


def names(records: list[Record]) -> list[str | None]:
    return [record.full_name for record in records if isinstance(record, Contact)]


def rejects(records: list[Record]) -> list[str]:
    return [record.reason for record in records if isinstance(record, Reject)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("change", [b"", b"xx"])
def test_a_byte_lost_or_added_costs_one_line_of_utf_16(encoding: str, change: bytes) -> None:
    lines = [f"line {number} ÄЖ\n" for number in range(5)]
    data = "".join(["\ufeff", *lines]).encode(encoding)
    # One byte of the second line is taken out, or two are put in its place.
    at = len("\ufeff".join(["", lines[0]]).encode(encoding)) + 6
    damaged = data[:at] + change + data[at + 1 :]
    read_back = decode(damaged).splitlines(keepends=True)
    assert [line for line in read_back if line in lines] == [lines[0], *lines[2:]]


def test_sound_utf_16_stays_as_it_is() -> None:
    data = "\ufeffa\nb\n".encode("utf-16-le")
    assert realigned(data, UTF_16_ENDS[data[:2]]) is data


@pytest.mark.parametrize("at", [300, 301])
def test_a_table_of_contacts_out_of_step_keeps_its_other_rows(
    at: int, content: MakeContent
) -> None:
    rows = [f"P{n} Sample,P{n},Sample,p{n}@example.com,Climbing\n" for n in range(6)]
    header = "Name,Given Name,Family Name,E-mail 1 - Value,Group Membership\n"
    data = ("\ufeff" + header + "".join(rows)).encode("utf-16-le")
    found = names(read(content, data[:at] + data[at + 1 :], "google.csv"))
    assert len({f"P{n} Sample" for n in range(6)} - set(found)) <= 1


PAGE = (
    b"<html><head><title>Ada Example - Friends</title></head>\n"
    b'<body><div class="nav"><ul><li>Profile</li></ul></div>\n'
    b'<div class="contents"><h1>Ada Example</h1><h2>Friends</h2><ul>'
    b"<li>Bo Sample (Nov 5, 2017)</li><li>Cy Sample (Oct 1, 2009)</li></ul></div>\n"
    b'<div class="footer">Downloaded on Monday, April 16, 2018 at 12:05pm EDT</div></body></html>'
)


def test_a_sound_page_has_no_reject(content: MakeContent) -> None:
    found = read(content, PAGE, "html/friends.htm")
    assert (names(found), rejects(found)) == (["Bo Sample", "Cy Sample"], [])


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        (b"</ul></div>\n<div", b"</ul>\n<div"),
        (b"</ul></div>\n<div cl", b"</ul><iv cl"),
        (b'<div class="contents">', b'<div class="contents>'),
        (b"</title>", b"</ti>"),
    ],
)
def test_a_page_that_hides_its_entries_says_so(
    sound: bytes, damaged: bytes, content: MakeContent
) -> None:
    found = read(content, PAGE.replace(sound, damaged, 1), "html/friends.htm")
    assert rejects(found) == [
        "the page is cut off or damaged, entries may be missing; export it again"
    ]


def test_entries_outside_of_a_list_are_read(content: MakeContent) -> None:
    found = read(content, PAGE.replace(b"<ul><li>Bo", b"<l><li>Bo"), "html/friends.htm")
    assert names(found) == ["Bo Sample", "Cy Sample"]


def test_a_conversation_on_x_without_its_list_is_rejected(content: MakeContent) -> None:
    talk = {"dmConversation": {"conversationId": "11-22", "mess ages": []}}
    data = b"window.YTD.direct_messages.part0 = " + json.dumps([talk]).encode()
    found = read(content, data, "data/direct-messages.js")
    assert rejects(found) == ["conversation without a list of messages"]


def test_a_conversation_of_thousands_has_a_short_key(content: MakeContent) -> None:
    members = [f"Person{number} Sample" for number in range(2_000)]
    chat = {"participants": members, "threadName": "All_1", "messages": []}
    found = read(content, json.dumps(chat).encode(), "messages/All_1.json")
    (thread,) = (record for record in found if isinstance(record, Thread))
    assert thread.key.startswith("participants:sha256:")
    assert len(thread.members) == 2_000


@pytest.mark.parametrize(
    ("path", "header", "row"),
    [
        (
            "linkedin_connections_export_outlook_express.csv",
            "First Name,Last Name,E-mail Address,Company,Job Title",
            "Bo,Sample,bo@example.com,Fabrikam,Baker",
        ),
        (
            "linkedin_connections_export_yahoo.csv",
            "First,Middle,Last,Nickname,Email,Category,Home,Title,Company",
            "Bo,,Sample,,bo@example.com,,,Baker,Fabrikam",
        ),
    ],
)
def test_stand_alone_exports_of_linkedin_are_connections(
    path: str, header: str, row: str, content: MakeContent
) -> None:
    found = read(content, f"{header}\n{row}\n".encode(), path)
    (bo,) = (record for record in found if isinstance(record, Contact))
    assert (bo.relation, bo.full_name, bo.company, bo.title, bo.key) == (
        "connection",
        "Bo Sample",
        "Fabrikam",
        "Baker",
        "bo@example.com",
    )
    assert not any(isinstance(record, Event) for record in found)
