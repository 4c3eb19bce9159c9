"""SMS Backup & Restore: messages and calls with their direction, from XML that is not quite XML."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest import _sms_xml
from notworking.ingest.importer import Content
from notworking.ingest.sms_backup import IMPORTER
from notworking.records import Contact, Event, Record, Reject

MakeContent = Callable[[bytes], Content]
AT = "1672653600000"


def read(content: MakeContent, *elements: str, root: str = "smses") -> list[Record]:
    text = f"<?xml version='1.0'?>\n<{root}>\n" + "\n".join(elements) + f"\n</{root}>"
    return list(IMPORTER.extract(content(text.encode()), f"{root}.xml"))


def sms(body: str = "hi", kind: str = "1", number: str = "+12025550143", at: str = AT) -> str:
    return f'<sms address="{number}" date="{at}" type="{kind}" body="{body}" contact_name="Ana"/>'


def call(kind: str, seconds: int, number: str = "+12025550143") -> str:
    return f'<call number="{number}" date="{AT}" type="{kind}" duration="{seconds}"/>'


def only(records: list[Record]) -> Event:
    found = [record for record in records if isinstance(record, Event)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("1", ("message", "in")), ("2", ("message", "out")), ("3", ("system", "out"))],
    ids=["received", "sent", "draft"],
)
def test_a_message_has_the_direction_of_its_box(
    content: MakeContent, kind: str, expected: tuple[str, str]
) -> None:
    event = only(read(content, sms(kind=kind)))
    assert (event.kind, event.direction) == expected
    assert event.at is not None
    assert event.at.isoformat() == "2023-01-02T10:00:00+00:00"


@pytest.mark.parametrize(
    ("kind", "seconds", "expected"),
    [
        ("1", 65, ("call", "mutual", None)),
        ("1", 0, ("call", "in", "missed")),
        ("2", 65, ("call", "mutual", None)),
        ("2", 0, ("call", "out", "missed")),
        ("3", 0, ("call", "in", "missed")),
        ("5", 0, ("call", "in", "missed")),
        ("6", 0, ("system", "in", "missed")),
        ("7", 9, ("call", "mutual", None)),
    ],
)
def test_a_call_that_was_answered_goes_both_ways(
    content: MakeContent, kind: str, seconds: int, expected: tuple[str, str, str | None]
) -> None:
    event = only(read(content, call(kind, seconds), root="calls"))
    assert (event.kind, event.direction, event.text) == expected


@pytest.mark.parametrize("number", ["22395", "PARCELS", "+4911"])
def test_automatic_senders_are_no_interaction_and_no_contact(
    content: MakeContent, number: str
) -> None:
    records = read(content, sms(number=number))
    assert only(records).kind == "system"
    assert not [record for record in records if isinstance(record, Contact)]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("+1 (202) 555-0143", "+12025550143"),
        ("0049 30 5550143", "+49305550143"),
        ("030/5550143", "0305550143"),
        ("Ana@Example.org", "ana@example.org"),
    ],
)
def test_a_number_has_one_spelling_as_a_key_and_its_own_as_a_point(
    content: MakeContent, number: str, key: str
) -> None:
    records = read(content, sms(number=number))
    contact = next(record for record in records if isinstance(record, Contact))
    assert (only(records).party.key, contact.key, contact.points[0].raw) == (key, key, number)


def test_the_most_frequent_name_of_a_number_is_its_name(content: MakeContent) -> None:
    rows = [sms(at=f"167265360000{n}").replace("Ana", name) for n, name in enumerate("ABB")]
    contact = next(record for record in read(content, *rows) if isinstance(record, Contact))
    assert contact.full_name == "B"


def test_a_message_to_a_group_is_one_event_for_each_of_them(content: MakeContent) -> None:
    told = (
        f'<mms date="{AT}" msg_box="2" address="+12025550143~+12025550199~insert-address-token">'
        '<parts><part ct="text/plain" text="all of you"/></parts></mms>'
    )
    events = [record for record in read(content, told) if isinstance(record, Event)]
    assert [(event.party.key, event.direction, event.thread_size) for event in events] == [
        ("+12025550143", "out", 3),
        ("+12025550199", "out", 3),
    ]
    assert {event.text for event in events} == {"all of you"}
    assert len({event.key for event in events}) == 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#55357;&#56832;", "😀"),
        ("&#xD83D;&#xDE00;", "😀"),
        ("a&#0;b&#2;c", "a\ufffdb\ufffdc"),
        ("&#55357; alone", "\ufffd alone"),
        ("&amp;#65;", "&#65;"),
        ("&#233;&lt;", "é<"),
        ("raw \x02 control", "raw  control"),
    ],
)
def test_signs_that_no_xml_may_hold_are_mended(
    content: MakeContent, written: str, meant: str
) -> None:
    assert only(read(content, sms(written))).text == meant


@dataclass(frozen=True, slots=True)
class Dripping:
    """A file that is read a few bytes at a time."""

    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    def read(self) -> bytes:
        return self.data

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    bodies=st.lists(st.text(st.sampled_from("aé😀 &<>'\""), max_size=8), min_size=1, max_size=5),
    block=st.integers(1, 40),
)
def test_where_a_block_ends_makes_no_difference(bodies: list[str], block: int) -> None:
    rows = "".join(sms("".join(f"&#{u};" for u in units(body))) + "\n" for body in bodies)
    file = Dripping(f"<smses>{rows}</smses>".encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_sms_xml, "_BLOCK", block)
        events = [one for one in IMPORTER.extract(file, "s.xml") if isinstance(one, Event)]
    assert [event.text for event in events] == [body.strip() or None for body in bodies]


def units(text: str) -> list[int]:
    data = text.encode("utf-16-le")
    return [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]


def test_a_document_type_is_refused_before_its_entities_are_read(content: MakeContent) -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><smses>' + sms("&b;") + "</smses>"
    records = list(IMPORTER.extract(content(bomb.encode()), "sms.xml"))
    assert [type(record) for record in records] == [Reject]
    assert "document type" in records[0].reason  # type: ignore[union-attr]


def test_a_file_that_breaks_off_keeps_what_came_before(content: MakeContent) -> None:
    text = f"<smses>\n{sms('kept')}\n<sms address="
    records = list(IMPORTER.extract(content(text.encode()), "sms.xml"))
    assert only(records).text == "kept"
    broken = [record for record in records if isinstance(record, Reject)]
    assert [reject.place for reject in broken] == ["line 3"]


def test_rows_that_name_nobody_or_no_time_are_rejected_with_their_line(
    content: MakeContent,
) -> None:
    records = read(content, sms(number="-1"), sms(at="soon"), sms(at="1"))
    assert [(r.place, r.reason) for r in records if isinstance(r, Reject)] == [
        ("line 3", "sms from a withheld number: nobody is named"),
        ("line 4", "sms without a readable date"),
        ("line 5", "sms without a readable date"),
    ]


@pytest.mark.parametrize(
    ("head", "ours"),
    [
        (b"<?xml version='1.0'?><!--x--><smses count='1'>", True),
        (b"<calls>", True),
        ("\ufeff<calls/>".encode("utf-16-le"), True),
        (b"<report><calls/></report>", False),
        (b"", False),
    ],
)
def test_backups_are_known_by_their_first_element(head: bytes, ours: bool) -> None:
    assert IMPORTER.identify("any.xml", head) is ours
    assert not IMPORTER.identify("any.txt", head)
