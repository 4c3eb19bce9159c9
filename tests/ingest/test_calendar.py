"""Calendars: which entries are meetings with whom, when a series took place, whose birthday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notworking.ingest._calendar_birthdays import birthday_of, iso_day
from notworking.ingest._calendar_repeats import rule_of, starts
from notworking.ingest._calendar_times import read_when, zone_of
from notworking.ingest.calendar import IMPORTER
from notworking.ingest.importer import Content
from notworking.records import Contact, Event, Notice, Record, Reject, SnapshotDate

MakeContent = Callable[[bytes], Content]
OWNER = "ada@example.com"
ANA = "ana@example.org"


def organiser(address: str = OWNER) -> str:
    return f"ORGANIZER:mailto:{address}"


def guest(address: str, answer: str = "ACCEPTED", **params: str) -> str:
    more = "".join(f";{name}={value}" for name, value in params.items())
    return f"ATTENDEE;PARTSTAT={answer}{more}:mailto:{address}"


def entry(uid: str, *lines: str, start: str = "DTSTART:20230105T100000Z") -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", start, *lines, "END:VEVENT"))


#: Three meetings with three others, enough to know whose calendar it is.
KNOWN = [entry(f"known{n}", organiser(), guest(f"p{n}@example.org")) for n in range(3)]


def read(content: MakeContent, *entries: str, head: str = "") -> list[Record]:
    lines = ("BEGIN:VCALENDAR", *([head] if head else []), *entries, "END:VCALENDAR", "")
    return list(IMPORTER.extract(content("\r\n".join(lines).encode()), "calendar.ics"))


def met(records: list[Record], uid: str) -> list[tuple[str | None, str | None]]:
    return [
        (record.party.key, record.direction)
        for record in records
        if isinstance(record, Event) and record.thread_key == uid
    ]


def times(records: list[Record], uid: str) -> list[str]:
    return [
        record.at.strftime("%Y-%m-%d %H:%M")
        for record in records
        if isinstance(record, Event) and record.thread_key == uid and record.at is not None
    ]


def told(records: list[Record]) -> str:
    return "\n".join(record.message for record in records if isinstance(record, Notice))


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([organiser(), guest(OWNER), guest(ANA)], "mutual"),
        ([organiser(ANA), guest(OWNER), guest(ANA)], "mutual"),
        ([organiser("bo@example.org"), guest(OWNER), guest(ANA)], "mutual"),
        ([organiser(), guest(ANA, "NEEDS-ACTION")], "out"),
        ([organiser(), guest(ANA, "TENTATIVE")], "out"),
        ([organiser(), f"ATTENDEE:mailto:{ANA}"], "out"),
        ([organiser(ANA), guest(OWNER, "NEEDS-ACTION")], "in"),
        ([organiser(), guest(ANA, "DECLINED")], None),
        ([organiser(ANA), guest(OWNER, "DECLINED")], None),
        ([organiser("bo@example.org"), guest(OWNER), guest(ANA, "NEEDS-ACTION")], None),
        ([organiser("bo@example.org"), guest(OWNER, "TENTATIVE"), guest(ANA)], None),
        ([organiser(), guest(ANA, CUTYPE="ROOM")], None),
        ([organiser(), guest(ANA), "STATUS:CANCELLED"], None),
    ],
)
def test_a_meeting_counts_as_far_as_both_said_yes(
    content: MakeContent, people: list[str], expected: str | None
) -> None:
    records = read(content, *KNOWN, entry("x", *people))
    assert dict(met(records, "x")).get(ANA) == expected
    assert OWNER not in dict(met(records, "x"))


@pytest.mark.parametrize(("others", "counted"), [(11, 11), (12, 0)])
def test_a_crowd_is_no_meeting(content: MakeContent, others: int, counted: int) -> None:
    crowd = [guest(f"c{n}@example.org") for n in range(others)]
    records = read(content, *KNOWN, entry("x", organiser(), *crowd))
    assert len(met(records, "x")) == counted
    assert ("of more than 12 people" in told(records)) is (counted == 0)


@pytest.mark.parametrize(
    ("line", "key", "name"),
    [
        ("CN=Ana:MAILTO:Ana@Example.org", ANA, "Ana"),
        ('CN="Example, Ana":mailto:ana@example.org', ANA, "Example, Ana"),
        ("CN=ana@example.org:mailto:ana@example.org", ANA, None),
        ("CN=:mailto:ana@example.org", ANA, None),
        ("CN=Ana ^'A^' E:mailto:ana@example.org", ANA, 'Ana "A" E'),
        ("CN=Ana:invalid:nomail", None, "Ana"),
        ("CN=Ana;EMAIL=ana@example.org:urn:uuid:1", ANA, "Ana"),
        ("CN=Ana;X-NUM-\r\n GUESTS=0:mailto:ana@exa\r\n mple.org", ANA, "Ana"),
    ],
)
def test_guests_are_read_in_every_spelling(
    content: MakeContent, line: str, key: str | None, name: str | None
) -> None:
    line = f"ATTENDEE;PARTSTAT=ACCEPTED;{line}"
    records = read(content, *KNOWN, entry("x", organiser(), line))
    (event,) = [r for r in records if isinstance(r, Event) and r.thread_key == "x"]
    assert (event.party.key, event.party.name, event.thread_size) == (key, name, 2)


def test_the_owner_is_who_is_in_nearly_all_meetings_and_else_nobody(content: MakeContent) -> None:
    (owner,) = [r for r in read(content, *KNOWN) if isinstance(r, Contact) and r.relation == "self"]
    assert (owner.key, owner.points[0].raw) == ("self:calendar", OWNER)
    few = read(content, *KNOWN[:2])
    assert not [record for record in few if isinstance(record, Contact)]
    assert "which one is the owner's" in told(few)


def test_the_calendar_is_named_after_the_owner_where_two_are_always_together(
    content: MakeContent,
) -> None:
    pairs = [entry(f"p{n}", organiser(), guest(ANA)) for n in range(3)]
    assert not [record for record in read(content, *pairs) if isinstance(record, Contact)]
    named = read(content, *pairs, head=f"X-WR-CALNAME:{OWNER}")
    assert [(r.relation, r.key) for r in named if isinstance(r, Contact)] == [
        ("self", "self:calendar"),
        ("correspondent", ANA),
    ]


STAMP = "DTSTAMP:20230401T000000Z"


def test_a_series_ends_with_what_the_file_proves(content: MakeContent) -> None:
    weekly = entry("x", organiser(), guest(ANA), STAMP, "RRULE:FREQ=WEEKLY",
                   start="DTSTART;TZID=Europe/Berlin:20230313T100000")  # fmt: skip
    later = entry("y", organiser(), guest(ANA), start="DTSTART:20230402T100000Z")
    records = read(content, *KNOWN, weekly, later)
    # The clock in Berlin changes on 26 March; the meeting stays at ten there.
    assert times(records, "x") == ["2023-03-13 09:00", "2023-03-20 09:00", "2023-03-27 08:00"]
    assert not times(records, "y")
    assert "1 still to come" in told(records)


def test_a_moved_or_cancelled_one_of_a_series_replaces_its_place(content: MakeContent) -> None:
    people = (organiser(), guest(ANA), STAMP)
    moved = "RECURRENCE-ID:20230112T100000Z"
    records = read(
        content,
        *KNOWN,
        entry("x", *people, "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20230126T100000Z"),
        entry("x", *people, moved, start="DTSTART:20230113T150000Z"),
        entry("x", *people, "RECURRENCE-ID:20230119T100000Z", "STATUS:CANCELLED"),
    )
    assert times(records, "x") == ["2023-01-05 10:00", "2023-01-13 15:00"]
    keys = [r.key for r in records if isinstance(r, Event) and r.thread_key == "x"]
    assert keys == [f"x|20230105T1000|{ANA}", f"x|20230112T1000|{ANA}"]


def test_the_newest_version_of_an_entry_counts_once(content: MakeContent) -> None:
    old = entry("x", organiser(), guest(ANA, "DECLINED"), "SEQUENCE:1")
    new = entry("x", organiser(), guest(ANA), "SEQUENCE:2")
    for order in ((old, new), (new, old)):
        records = read(content, *KNOWN, *order)
        assert met(records, "x") == [(ANA, "mutual")]
        assert "1 there twice" in told(records)


def test_of_a_long_series_the_first_and_the_latest_are_taken(content: MakeContent) -> None:
    daily = entry("x", organiser(), guest(ANA), STAMP, "RRULE:FREQ=DAILY")
    found = times(read(content, *KNOWN, daily), "x")
    assert len(found) == 52
    assert (found[0], found[1], found[-1]) == (
        "2023-01-05 10:00",
        "2023-02-09 10:00",
        "2023-03-31 10:00",
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=2;COUNT=3", ["0131", "0202", "0204"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", ["0131", "0202", "0207", "0209"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;COUNT=3", ["0131", "0213", "0214"]),
        ("FREQ=MONTHLY;COUNT=3", ["0131", "0331", "0531"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", ["0131", "0228", "0331"]),
        ("FREQ=MONTHLY;BYDAY=-1TU;COUNT=3", ["0131", "0228", "0328"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", ["0131", "0228", "0331"]),
        ("FREQ=HOURLY", ["0131"]),
        ("FREQ=YEARLY;INTERVAL=3", ["0131"]),
        ("nonsense", ["0131"]),
    ],
)
def test_rules_give_the_days_they_say(rule: str, expected: list[str]) -> None:
    first = datetime(2023, 1, 31, 10, tzinfo=UTC)
    latest = datetime(2023, 12, 31, tzinfo=UTC)
    assert [day.strftime("%m%d") for day in starts(first, rule_of(rule), latest)] == expected


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(0, 10**7),
    weekdays=st.lists(st.sampled_from(["MO", "2TU", "-1FR", "SU", "99SA"]), max_size=3),
    first=st.datetimes(datetime(1600, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001 (as in files)
)
def test_every_rule_goes_forward_and_ends(
    frequency: str, interval: int, weekdays: list[str], first: datetime
) -> None:
    rule = {"FREQ": frequency, "INTERVAL": str(interval), "BYDAY": ",".join(weekdays)}
    latest = first + timedelta(days=365)
    found = list(islice(starts(first, rule, latest), 1000))
    assert found[0] == first
    assert all(one < two <= latest for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("written", "zone", "expected"),
    [
        ("20230105T100000Z", "Europe/Berlin", "2023-01-05 10:00"),
        ("20230105T100000", "Europe/Berlin", "2023-01-05 09:00"),
        ("20230105T100000", "/freeassociation.example/Europe/Berlin", "2023-01-05 09:00"),
        ("20230105T100000", "W. Europe Standard Time", "2023-01-05 10:00"),
        ("20230105T100000", "../../etc/passwd", "2023-01-05 10:00"),
        ("20230105T100000", "Europe", "2023-01-05 10:00"),
        ("20230105", "Europe/Berlin", "2023-01-05 00:00"),
        ("20230230T100000", "", None),
        ("someday", "", None),
    ],
)
def test_times_are_read_in_every_zone(written: str, zone: str, expected: str | None) -> None:
    when = read_when(written, zone_of(zone, {}))
    assert (when and when.utc.strftime("%Y-%m-%d %H:%M")) == expected


def test_a_zone_that_nobody_knows_has_the_offset_that_the_file_gives(content: MakeContent) -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nTZOFFSETTO:+0530\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE"
    )
    there = entry("x", organiser(), guest(ANA), start="DTSTART;TZID=Office:20230105T100000")
    assert times(read(content, *KNOWN, there, head=zone), "x") == ["2023-01-05 04:30"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ana Example’s 42nd Birthday", "Ana Example"),
        ("Ana Example's birthday", "Ana Example"),
        ("Birthday: Ana Example", "Ana Example"),
        ("Ana Example (Birthday)", "Ana Example"),
        ("Ana Example hat Geburtstag", "Ana Example"),
        ("Ana Examples 42. Geburtstag", "Ana Example"),
        ("Geburtstag von Ana Example", "Ana Example"),
        ("Cumpleaños de Ana Example", "Ana Example"),
        ("Anniversaire d’Ana Example", "Ana Example"),
        ("Anniversaire de Ana Example", "Ana Example"),
        ("Compleanno di Ana Example", "Ana Example"),
        ("Ana Example is jarig", "Ana Example"),
        ("🎂 Ana Example’s Birthday", "Ana Example"),
        ("New Year", None),
    ],
)
def test_titles_tell_whose_birthday_it_is(title: str, name: str | None) -> None:
    assert birthday_of(title, all_are=False) == name


def test_a_bare_name_is_enough_in_a_calendar_of_birthdays(content: MakeContent) -> None:
    born = entry("x", "SUMMARY:Ana Example", start="DTSTART;VALUE=DATE:20120412")
    (contact,) = read(content, born, head="X-WR-CALNAME:Geburtstage")
    assert isinstance(contact, Contact)
    assert (contact.relation, contact.full_name, contact.birthday) == (
        "address_book",
        "Ana Example",
        "--04-12",
    )


@pytest.mark.parametrize(
    ("year", "expected"), [(1980, "1980-04-12"), (1604, "--04-12"), (2012, "--04-12")]
)
def test_only_a_year_before_there_were_calendars_is_one_of_birth(year: int, expected: str) -> None:
    assert iso_day(datetime(year, 4, 12, tzinfo=UTC)) == expected


def test_an_export_with_one_stamp_was_made_on_that_day(content: MakeContent) -> None:
    stamped = [entry(f"s{n}", organiser(), guest(ANA), STAMP) for n in range(2)]
    days = [record.at for record in read(content, *stamped) if isinstance(record, SnapshotDate)]
    assert [day.isoformat() for day in days] == ["2023-04-01"]
    assert not [r for r in read(content, *stamped, *KNOWN) if isinstance(r, SnapshotDate)]


def test_what_cannot_be_read_is_rejected_with_its_place(content: MakeContent) -> None:
    records = read(content, entry("x", start="DTSTART:soon"), "BEGIN:VEVENT\r\nUID:cut")
    assert [(r.place, r.reason) for r in records if isinstance(r, Reject)] == [
        ("entry 1 (line 2)", "entry without a possible start"),
        ("entry 2 (line 6)", "entry without a possible start"),
    ]
    cut = list(IMPORTER.extract(content(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2023"), "c.ics"))
    assert cut == [Reject("entry 1 (line 2)", "cut off before its end")]


@pytest.mark.parametrize(
    ("path", "head", "ours"),
    [
        ("meetings.ics", b"", True),
        ("export", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n", True),
        ("contacts.vcf", b"BEGIN:VCALENDAR\r\n", False),
        ("contacts.ics", b"BEGIN:VCARD\r\n", False),
        ("notes.txt", b"BEGIN: a story\n", False),
    ],
)
def test_calendars_are_known_by_name_or_first_line(path: str, head: bytes, ours: bool) -> None:
    assert IMPORTER.identify(path, head) is ours


def test_meetings_from_before_there_were_calendars_are_left_out(content: MakeContent) -> None:
    old = entry("x", organiser(), guest(ANA), start="DTSTART:19690105T100000Z")
    records = read(content, *KNOWN, old)
    assert not met(records, "x")
    assert "1 of before 1970" in told(records)


@pytest.mark.parametrize(
    "line",
    ["ATTENDEE;PARTSTAT=ACCEPTED:invalid:nomail", f"ATTENDEE;CUTYPE=GROUP:mailto:{ANA}",
     "ATTENDEE;PARTSTAT=ACCEPTED;CN=Team:mailto:x@group.calendar.google.com"],
)  # fmt: skip
def test_guests_that_are_nobody_make_no_meeting(content: MakeContent, line: str) -> None:
    records = read(content, *KNOWN, entry("x", organiser(), line))
    assert not met(records, "x")
    assert "1 without other people" in told(records)


def test_a_series_of_which_every_one_was_called_off_is_cancelled(content: MakeContent) -> None:
    off = "EXDATE:20230105T100000Z,20230106T100000Z"
    rule = "RRULE:FREQ=DAILY;COUNT=2"
    records = read(content, *KNOWN, entry("x", organiser(), guest(ANA), STAMP, rule, off))
    assert not met(records, "x")
    assert "1 cancelled" in told(records)
