"""vCard files: encodings, folding, and cards that lost one of their ends.

``~`` in the test cards stands for a line end.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from notworking.ingest import _vcard_cards
from notworking.ingest.importer import Content
from notworking.ingest.vcard import IMPORTER, extract, identify
from notworking.records import Contact, Notice, Point, Record, Reject

Read = Callable[[str | bytes], list[Record]]
One = Callable[[str | bytes], Contact]
MakeContent = Callable[[bytes], Content]


def raw_of(contact: Contact) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(contact.raw)
    return row


def names(records: list[Record]) -> list[str | None]:
    return [record.full_name for record in records if isinstance(record, Contact)]


def phones(contact: Contact) -> list[str]:
    return [point.raw for point in contact.points if point.kind == "phone"]


def flags(contact: Contact) -> list[str]:
    return list(raw_of(contact).get("flags", []))


# --- encodings and folding -----------------------------------------------------------------------


def test_quoted_printable_names_with_soft_breaks_are_read(one_card: One) -> None:
    contact = one_card(
        "VERSION:2.1~N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96stlund;Ana;;;~"
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ana =~=C3=96stlund~TEL;CELL:+1 202 555 0143"
    )
    assert (contact.full_name, contact.family_name) == ("Ana Östlund", "Östlund")
    assert contact.given_name == "Ana"
    assert contact.points == (Point("phone", "+1 202 555 0143", "mobile"),)


def test_quoted_printable_in_lower_case_is_read(one_card: One) -> None:
    assert one_card("FN;CHARSET=utf-8;ENCODING=quoted-printable:Jos=C3=A9").full_name == "José"


def test_quoted_printable_without_a_charset_falls_back_and_is_counted(read_cards: Read) -> None:
    records = read_cards("BEGIN:VCARD~FN:Ana~NOTE;ENCODING=QUOTED-PRINTABLE:caf=E9~END:VCARD~")
    assert isinstance(records[0], Contact)
    assert records[0].note == "café"
    assert flags(records[0]) == ["fallback_charset"]
    assert records[1] == Notice("values in an unnamed character set, read as Western European: 1")


def test_quoted_printable_wins_over_another_encoding_word(one_card: One) -> None:
    assert one_card("FN;ENCODING=8BIT;QUOTED-PRINTABLE:=41na").full_name == "Ana"


def test_a_soft_break_keeps_the_blank_that_begins_the_next_line(one_card: One) -> None:
    assert one_card("FN;QUOTED-PRINTABLE:Ana=~ Example").full_name == "Ana Example"


def test_a_dangling_soft_break_does_not_swallow_the_next_property(one_card: One) -> None:
    contact = one_card("FN;ENCODING=QUOTED-PRINTABLE:Ana=~TEL:+1 202 555 0143")
    assert (contact.full_name, phones(contact)) == ("Ana", ["+1 202 555 0143"])


def test_folded_lines_are_joined(one_card: One) -> None:
    assert one_card("FN:An~ a Example").full_name == "Ana Example"
    assert one_card(b"FN:\xc3\n \x96sten").full_name == "Östen"


def test_a_folded_head_is_joined(one_card: One) -> None:
    contact = one_card("FN:Ana~TEL;TYPE=VOICE,M~\tSG:+1 202 555 0143")
    assert raw_of(contact)["tel"] == [{"value": "+1 202 555 0143", "types": ["voice", "msg"]}]


def test_line_separators_inside_values_do_not_tear_them(one_card: One) -> None:
    assert one_card("FN:Ana\u2028Bo\u0085C\x0bD").full_name == "Ana Bo C D"


def test_pictures_without_indent_do_not_hide_what_follows(one_card: One) -> None:
    contact = one_card("FN:Ana~PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ~SkZJRgABAQ~~TEL:+15550101")
    assert phones(contact) == ["+15550101"]
    assert raw_of(contact)["photo"] == "embedded"
    assert "SkZJ" not in contact.raw


@pytest.mark.parametrize("indent", ["", " ", "    "])
def test_long_pictures_are_dropped_and_lines_still_counted(read_cards: Read, indent: str) -> None:
    picture = f"~{indent}".join(["QUJD" * 18] * 60)
    card = f"BEGIN:VCARD~FN:Ana~PHOTO;ENCODING=BASE64;JPEG:{picture}~~TEL:1~END:VCARD~"
    first, second = read_cards(card + "BEGIN:VCARD~FN:Bo~END:VCARD~")
    assert isinstance(first, Contact)
    assert isinstance(second, Contact)
    assert phones(first) == ["1"]
    assert raw_of(first)["photo"] == "embedded"
    assert (first.place, second.place) == ("card 1 (line 1)", "card 2 (line 66)")


def test_the_address_of_a_picture_is_kept(one_card: One) -> None:
    contact = one_card("FN:Ana~PHOTO;VALUE=uri:https://example.com/ana.jpg")
    assert raw_of(contact)["photo"] == "https://example.com/ana.jpg"


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n", "\r\r\n"])
def test_wide_encodings_and_every_line_end_are_read(
    read_cards: Read, encoding: str, line_end: str
) -> None:
    text = line_end.join(["begin:vcard", "version:3.0", "fn:Łucja", "tel:1", "end:vcard", ""])
    (contact,) = read_cards(text.encode(encoding))
    assert isinstance(contact, Contact)
    assert (contact.full_name, phones(contact)) == ("Łucja", ["1"])


def test_marks_and_nul_bytes_anywhere_are_ignored(read_cards: Read) -> None:
    card = b"\xef\xbb\xbfBEGIN:VCARD\nFN:Ana\nEND:VCARD\n"
    assert names(read_cards(card + card + b"\0\0\0")) == ["Ana", "Ana"]


def test_declared_character_sets_are_used_property_by_property(one_card: One) -> None:
    contact = one_card(
        b"FN;CHARSET=SHIFT_JIS:"
        + "表示".encode("cp932")
        + b"\nTITLE;CHARSET=windows-1251:"
        + "Директор".encode("cp1251")
        + b"\nNOTE:caf\xe9\nORG;CHARSET=ISO-8859-1:"
        + "Bäckerei".encode()
        + b"\nNICKNAME;CHARSET=blabla:Bo"
    )
    assert contact.full_name == "表示"  # its second byte is a backslash
    assert contact.title == "Директор"
    assert contact.note == "café"
    assert contact.company == "Bäckerei"
    assert contact.nickname == "Bo"


def test_a_character_cut_in_half_does_not_change_the_others(one_card: One) -> None:
    contact = one_card(b"FN:A\nNOTE:\xc3\xa4\xc3\xb6\xc3")
    assert contact.note == "äö\ufffd"
    assert flags(contact) == ["cut_character"]


def test_japanese_mail_encoding_is_read(one_card: One) -> None:
    assert one_card(b"FN;CHARSET=ISO-2022-JP:" + "花子".encode("iso2022_jp")).full_name == "花子"


def test_a_character_set_that_does_not_fit_is_not_used(one_card: One) -> None:
    assert one_card(b"FN;CHARSET=EUC-KR:Bj\xf6rn \xc5").full_name == "Björn Å"


def test_text_in_base64_is_read_and_broken_base64_is_counted(read_cards: Read) -> None:
    records = read_cards("BEGIN:VCARD~FN;ENCODING=B:w4Rubmk=~NOTE;ENCODING=B:A~END:VCARD~")
    assert names(records) == ["Änni"]
    assert records[1] == Notice("values with broken encoding, left out: 1")


# --- cards in files ------------------------------------------------------------------------------


THREE = "BEGIN:VCARD~FN:A~END:VCARD~BEGIN:VCARD~FN:B~{end}BEGIN:VCARD~FN:C~TEL:+1 202 555 01"


def test_a_card_without_its_end_is_closed_by_the_next(read_cards: Read) -> None:
    records = read_cards((THREE + "00~END:VCARD~").format(end=""))
    assert names(records) == ["A", "B", "C"]
    assert records[-1] == Notice("cards without an END line, kept: 1")


def test_a_file_cut_off_keeps_its_last_card_without_the_half_number(read_cards: Read) -> None:
    records = read_cards(THREE.format(end="END:VCARD~"))
    assert names(records) == ["A", "B", "C"]
    assert isinstance(records[2], Contact)
    assert flags(records[2]) == ["cut_line", "truncated"]
    assert records[2].points == ()


def test_a_cut_file_that_ends_with_a_whole_line_keeps_that_line(read_cards: Read) -> None:
    records = read_cards(THREE.format(end="END:VCARD~") + "00~")
    assert isinstance(records[2], Contact)
    assert flags(records[2]) == ["truncated"]
    assert phones(records[2]) == ["+1 202 555 0100"]


def test_cards_without_their_begin_are_kept(read_cards: Read) -> None:
    records = read_cards(
        "FN:A~TEL:1~END:VCARD~junk~END:VCARD~VERSION:3.0~FN:B~BEGIN:VCARD~FN:C~END:VCARD"
    )
    assert names(records) == ["A", "B", "C"]
    assert isinstance(records[1], Contact)
    assert flags(records[0]) == ["missing_begin"] if isinstance(records[0], Contact) else False
    assert flags(records[1]) == ["missing_begin", "missing_end"]
    assert isinstance(records[-1], Notice)
    assert "END lines that belong to no card: 1" in records[-1].message


def test_text_around_cards_is_ignored(read_cards: Read) -> None:
    records = read_cards("From: somebody~~BEGIN:VCARD ~FN:A~END:VCARD~N: a list of one~bye~")
    assert records == [
        Contact("card 1 (line 3)", "address_book", records[0].key, records[0].raw, "A")  # type: ignore[union-attr]
    ]


def test_an_agent_inside_a_card_is_no_person(read_cards: Read) -> None:
    records = read_cards("BEGIN:VCARD~FN:A~AGENT:~BEGIN:VCARD~FN:Hidden~END:VCARD~TEL:1~END:VCARD~")
    assert names(records) == ["A"]
    assert isinstance(records[0], Contact)
    assert phones(records[0]) == ["1"]
    assert "Hidden" not in repr(records)
    assert records[1] == Notice("cards inside another card (an assistant), left out: 1")


def test_a_nested_card_is_a_card_of_its_own(read_cards: Read) -> None:
    records = read_cards("BEGIN:VCARD~FN:A~BEGIN:VCARD~FN:B~END:VCARD~TEL:1~END:VCARD~")
    assert names(records) == ["B", "A"]
    assert isinstance(records[1], Contact)
    assert (phones(records[1]), records[1].place) == (["1"], "card 2 (line 1)")


def test_a_card_escaped_on_one_line_is_no_relation(one_card: One) -> None:
    contact = one_card("FN:A~AGENT:BEGIN:VCARD\\nFN:Escaped\\nEND:VCARD")
    assert "Escaped" not in contact.raw


def test_lines_that_are_no_property_join_free_text_only(one_card: One) -> None:
    contact = one_card("FN:Ana~lost~NOTE:one~two~# comment~http://example.com~TEL:1~lost")
    assert contact.full_name == "Ana"
    assert contact.note == "one\ntwo\nhttp://example.com"
    assert phones(contact) == ["1"]
    assert flags(contact) == ["junk_lines"]


def test_an_address_label_that_lost_its_soft_break_takes_no_other_property(one_card: One) -> None:
    contact = one_card(
        "FN:Ana~LABEL;ENCODING=QUOTED-PRINTABLE:Acme=0D=0A=~1 Example Way~Phone: none~TEL:1"
    )
    addresses = [point.raw for point in contact.points if point.kind == "address"]
    assert addresses == ["Acme, 1 Example Way, Phone: none"]
    assert phones(contact) == ["1"]


@pytest.mark.parametrize("block", [1, 7, 40, 1000])
def test_block_borders_change_nothing(
    read_cards: Read, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    file = (
        "x\r\nBEGIN:VCARD\r\nFN:Ö\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:H\r\nEND:VCARD\r\nTEL:1\r\n"
        "END:VCARD\r\n\ufeffBEGIN:VCARD\r\nFN:B\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:C"
    ).encode()
    whole = read_cards(file), read_cards(file.decode().encode("utf-16-le"))
    monkeypatch.setattr(_vcard_cards, "BLOCK_SIZE", block)
    if block > 1:  # one byte does not tell UTF-16
        assert read_cards(file) == whole[0]
    if block > 60:
        assert read_cards(file.decode().encode("utf-16-le")) == whole[1]


def test_a_stretch_without_end_is_cut_so_that_memory_stays_small(
    content: MakeContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_vcard_cards, "BLOCK_SIZE", 1000)
    monkeypatch.setattr(_vcard_cards, "LONGEST_CARD", 4000)
    file = (
        b"BEGIN:VCARD\nFN:A\n" + b"NOTE:text\n" * 2000 + b"END:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD"
    )
    records = list(extract(content(file), "contacts.vcf"))
    assert names(records) == ["A", "B"]
    assert isinstance(records[0], Contact)
    assert "truncated" in flags(records[0])


# --- what is no card -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("##fileformat=VCFv4.2~#CHROM~", "genetic variants"),
        ("my dates~BEGIN:VCALENDAR~END:VCALENDAR~", "calendar"),
        ("", "empty"),
        ("hello~", "no contact card"),
    ],
)
def test_files_without_cards_are_refused_in_clear_words(
    read_cards: Read, file: str, words: str
) -> None:
    (reject,) = read_cards(file)
    assert isinstance(reject, Reject)
    assert reject.place == "file"
    assert words in reject.reason


def test_cards_with_nothing_usable_are_rejected_with_their_place(read_cards: Read) -> None:
    records = read_cards("BEGIN:VCARD~FN:A~END:VCARD~BEGIN:VCARD~NOTE:x~PHOTO;B:AAAA~END:VCARD~")
    reason = "card without a name and without a way to reach anybody"
    assert records[1] == Reject("card 2 (line 4)", reason, "NOTE:x")


def test_a_place_or_a_device_is_nobody(read_cards: Read) -> None:
    (reject,) = read_cards("BEGIN:VCARD~KIND:location~FN:Room~END:VCARD~")
    assert isinstance(reject, Reject)
    assert "not of a person" in reject.reason


def test_files_are_known_by_name_or_first_line() -> None:
    assert identify("Takeout/Contacts/All Contacts.VCF", b"")
    assert identify("phone/contacts.txt", b"\r\n begin : vcard\r\nFN:A\r\n")
    assert identify("x", "BEGIN:VCARD\r\n".encode("utf-16"))
    assert not identify("messages.csv", b'FROM,CONTENT\nAna,"see\nBEGIN:VCARD\nFN:A"\n')
    assert not identify("notes.txt", b"")
    assert not identify("appointments.vcf", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")
    assert (IMPORTER.name, IMPORTER.source, IMPORTER.complete) == ("vcard.cards", "vcard", False)
