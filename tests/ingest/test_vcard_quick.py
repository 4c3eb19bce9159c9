"""vCard files: the quick ways through a card give what the long ones give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest import _vcard_cards, _vcard_head, _vcard_lines, _vcard_values
from notworking.ingest.importer import Content
from notworking.ingest.vcard import extract, identify
from notworking.records import Contact, Record

MakeContent = Callable[[bytes], Content]
FixtureFiles = list[tuple[str, bytes]]
SETTINGS = settings(deadline=None, database=None, derandomize=True, max_examples=250)

_HEADS = (
    "VERSION,FN,N,ORG,TITLE,TEL,TEL;CELL,TEL;TYPE=WORK;TYPE=pref,TEL;WAID=12025550100,EMAIL,"
    "EMAIL;TYPE=HOME,item1.EMAIL,item1.X-ABLabel,item2.TEL,ADR,ADR;HOME,X-ABADR,LABEL,NOTE,URL,"
    "BDAY,ANNIVERSARY,REV,UID,KIND,MEMBER,NICKNAME,CATEGORIES,IMPP,X-SOCIALPROFILE,RELATED,GENDER,"
    "X-PHONETIC-FIRST-NAME,SORT-STRING,X-EVOLUTION-LIST,PHOTO,PHOTO;ENCODING=b,"
    "PHOTO;CHARSET=SHIFT_JIS,SOUND;X-IRMC-N,KEY,NOTE;ENCODING=QUOTED-PRINTABLE,"
    "N;CHARSET=SHIFT_JIS,X-FOO, TEL,\tFN,a b,HTTP,begin,"
)
VALUES = (
    "Mira Example",
    "Example;Mira;;;",
    " a  b ;c\\;d;\te",
    "a,b\\,c",
    "+1 202 555 0100",
    "(202) 555-0101;ext=7",
    "mira@example.com",
    "Mira <mira@example.com>",
    "https://www.linkedin.com/in/mira-example",
    "https://example.com/" + "x" * 2000,
    ";;1 Example Way;Springfield;;62701;USA",
    "1980-02-03",
    "2024-01-02T03:04:05Z",
    "group",
    "thing",
    "TRUE",
    "=C3=A9=",
    "QUOTED-PRINTABLE",
    "_$!<Mobile>!$_",
    "skype:mira",
    "é\u2003\x1c\x85ш",
    "",
)


def lines() -> st.SearchStrategy[bytes]:
    """Draw a line that stands in many cards, one that is odd, or none at all."""
    values = st.one_of(st.sampled_from(VALUES), st.text(max_size=12))
    told = st.tuples(st.sampled_from(_HEADS.split(",")), values)
    written = told.map(lambda one: f"{one[0]}:{one[1]}".encode("utf-8", "replace"))
    return st.one_of(written, written, written, st.binary(max_size=8))


def files() -> st.SearchStrategy[bytes]:
    cards = st.lists(lines(), min_size=1, max_size=9)
    frames = st.sampled_from(
        [(b"BEGIN:VCARD", b"END:VCARD")] * 6 + [(b"begin : vcard", b"x.END:VCARD"), (b"", b"")]
    )
    framed = st.tuples(frames, cards).map(lambda one: [one[0][0], *one[1], one[0][1]])
    ends = st.sampled_from([b"\n", b"\r\n", b"\n ", b"=\n"])
    usual = st.tuples(st.lists(framed, min_size=1, max_size=3), st.sampled_from([b"\n", b"\r\n"]))
    folded = st.tuples(st.lists(framed, min_size=1, max_size=2), ends)
    return st.one_of(usual, usual, folded).map(
        lambda drawn: b"".join(line + drawn[1] for card in drawn[0] for line in card)
    )


@contextmanager
def the_long_way() -> Iterator[None]:
    """Read every card alone, every line by itself, and every marker with a stack."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_vcard_lines, "_simple_lines", lambda _body: None)
        patch.setattr(_vcard_cards, "HANDFUL", 1)
        patch.setattr(_vcard_cards, "_PLAIN_FRAMES", {})
        yield


def read_both_ways(data: Content) -> tuple[list[Record], list[Record]]:
    list(extract(data, "contacts.vcf"))  # so that every head was seen before
    quick = list(extract(data, "contacts.vcf"))
    with the_long_way():
        return quick, list(extract(data, "contacts.vcf"))


@SETTINGS
@given(file=files())
def test_drawn_cards_read_the_same_both_ways(file: bytes, content: MakeContent) -> None:
    quick, long = read_both_ways(content(file))
    assert quick == long


@pytest.mark.parametrize(
    "body",
    [
        b"FN:A\nNOTE:QUOTED-PRINTABLE=\nTEL:202 555 0100",
        b"X-GOOGLE TALK:a\nEND:VCARD\nBEGIN:VCARD\nNOTE:QUOTED-PRINTABLE=\nX-GOOGLE TALK:b",
        b"FN:A\nNOTE:a=\n b",
        b"FN:A\nFN\nTEL:202 555 0100",
        b"FN:A\nPHOTO:https://example.com/" + b"x" * 1970,
        b"FN:A\nPHOTO:https://example.com/" + b"x" * 1974,
        b"FN:A\nPHOTO:https://example.com/" + b"x" * 1975,
        b"FN:A\nPHOTO;ENCODING=b:https://example.com/a",
        b"FN:A\nPHOTO;CHARSET=SHIFT_JIS:https://example.com/\xc3\xa9",
        b"FN:A\nNOTE:" + b"x" * (1 << 20),
        b"FN:A\xe9\nTEL:202 555 0100",
        b"FN:A\n\n\nTEL:202 555 0100\n",
    ],
)
def test_a_card_that_only_looks_simple_reads_the_same_both_ways(
    body: bytes, content: MakeContent
) -> None:
    quick, long = read_both_ways(content(b"BEGIN:VCARD\n" + body + b"\nEND:VCARD\n"))
    assert quick == long


def test_fixtures_read_the_same_both_ways(
    fixture_files: FixtureFiles, content: MakeContent
) -> None:
    compared = 0
    for path, data in fixture_files:
        if identify(path, data):
            quick, long = read_both_ways(content(data))
            assert quick == long
            compared += len(quick)
    assert compared > 50


def cuts() -> st.SearchStrategy[tuple[int, int, int, bytes]]:
    """Draw a file, a place in it, a length to cut out, and what to put there."""
    marks = st.sampled_from([b"\n", b"\n ", b"=\n", b":", b";"])
    piece = st.one_of(st.binary(max_size=6), marks)
    return st.tuples(st.integers(0, 99), st.integers(0, 1 << 20), st.integers(0, 30), piece)


@SETTINGS
@given(cut=cuts())
def test_damaged_fixtures_read_the_same_both_ways(
    cut: tuple[int, int, int, bytes], fixture_files: FixtureFiles, content: MakeContent
) -> None:
    file, start, length, piece = cut
    found = [data for path, data in fixture_files if identify(path, data) and data]
    data = found[file % len(found)]
    start %= len(data)
    quick, long = read_both_ways(content(data[:start] + piece + data[start + length :]))
    assert quick == long


def test_cards_like_those_before_take_the_quick_way(content: MakeContent) -> None:
    card = (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Example;Mira;;;\r\nFN:Mira Example\r\n"
        b"TEL;TYPE=CELL:+1 202 555 0100\r\nPHOTO;ENCODING=b;TYPE=JPEG:QUJD\r\nEND:VCARD\r\n"
    )
    list(extract(content(card), "contacts.vcf"))
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(_vcard_lines, "_any_lines")
        records = list(extract(content(card * 100), "contacts.vcf"))
    assert [record.full_name for record in records if isinstance(record, Contact)] == [
        "Mira Example"
    ] * 100


def test_a_line_that_begins_with_a_blank_is_never_taken_for_one_seen_before(
    content: MakeContent,
) -> None:
    first = b"BEGIN:VCARD\n\n TEL:202 555 0100\nFN:A\nEND:VCARD\n"
    folded = b"BEGIN:VCARD\nFN:Mira\n TEL:x\nEND:VCARD\n"
    list(extract(content(first), "contacts.vcf"))
    _vcard_head.read_head(" TEL")
    (contact,) = extract(content(folded), "contacts.vcf")
    assert isinstance(contact, Contact)
    assert contact.full_name == "MiraTEL:x"
    assert contact.points == ()


def test_heads_are_forgotten_together(content: MakeContent) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_vcard_head, "HEADS_KEPT", 2)
        body = b"".join(b"X-KIND-%d:1\n" % number for number in range(50))
        (contact,) = extract(content(b"BEGIN:VCARD\nFN:A\n" + body + b"END:VCARD\n"), "c.vcf")
        assert len(_vcard_head._simple_heads) <= 2
    assert isinstance(contact, Contact)
    assert contact.raw.count("X-KIND") == 50


@SETTINGS
@given(
    text=st.text('ab;, \t\u2003\\nN"\x1c', max_size=20),
    limit=st.one_of(st.none(), st.integers(1, 7)),
)
def test_parts_are_those_of_an_escaped_text_each_on_one_line(text: str, limit: int | None) -> None:
    parts = _vcard_values.split_escaped(text, ";")[:limit]
    expected = [_vcard_values.one_line(part) for part in parts]
    assert _vcard_values.one_line_parts(text, limit) == expected


@SETTINGS
@given(
    text=st.from_regex(
        r"[12][09][0-9]{2}[-0]?[01][0-9][-W]?[0-3][0-9][T ]?"
        r"[0-2][0-9]:?[0-6][0-9]:?[0-6][0-9](\.1)?Z?",
        fullmatch=True,
    ),
)
def test_plain_times_are_read_as_any_time_is(text: str) -> None:
    quick = _vcard_values._plain_time(text)
    assert quick is None or quick == _vcard_values._any_time(text)


@pytest.mark.parametrize(
    "text", ["2024-01-02T030405.1Z", "2024-W01-1T03:04:05Z", "2024-01-02T03:04:60Z"]
)
def test_odd_times_of_the_same_length_are_no_plain_ones(text: str) -> None:
    assert _vcard_values._plain_time(text) is None


@SETTINGS
@given(text=st.from_regex(r"[0-9-]{4}-[0-9-]{2}-[0-9-]{2}", fullmatch=True))
def test_plain_dates_are_taken_apart_as_any_date_is(text: str) -> None:
    match = _vcard_values._DATES[1].fullmatch(text)
    quick = _vcard_values._date_parts(text)
    if match is not None:
        assert quick == (match["y"], match["m"], match["d"])


def test_february_has_a_leap_day_only_in_leap_years() -> None:
    read = _vcard_values.read_date
    assert read("2023-02-29") is None
    assert read("2024-02-29") == (2024, 2, 29)
    assert read("--02-29") == (None, 2, 29)
    assert read("2024-02-30") is None
    assert read("1900-02-29") is None
    assert read("2024-04-31") is None
