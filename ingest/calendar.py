"""Calendars (``.ics``) of Google, Outlook, Apple and others: meetings with people, and birthdays.

A meeting counts for two people who both said yes; an invitation that was not answered counts as one
way. Cancelled and declined meetings, those of many people, entries without other people, and what
was still to come when the file was last changed are left out and counted. Titles, places and notes
are not kept. Of a long series the first and the latest meetings are taken. The file is read twice,
entry by entry: what the whole of it says has to be known before the first is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from notworking.ingest._calendar_birthdays import birthday_of, is_birthday_calendar, iso_day
from notworking.ingest._calendar_entries import Calendar, Entry, calendar_of, entries
from notworking.ingest._calendar_people import NO, OPEN, YES, Attendance, Guest, guests
from notworking.ingest._calendar_repeats import rule_of, starts
from notworking.ingest._calendar_times import When, read_when, zone_of
from notworking.ingest._vcard_cards import as_lines
from notworking.ingest.importer import Content, Importer, base_name, content_key, to_json
from notworking.records import Contact, Event, Notice, Party, Point, Record, Reject, SnapshotDate

_SUFFIXES = (".ics", ".ical", ".icalendar", ".vcs")
#: A file named like cards is looked at as cards, and says itself that it holds none.
_CARDS = (".vcf", ".vcard", ".vct")
_MOST_PEOPLE, _MOST_OF_SERIES = 12, 52
_FIRST_YEAR = 1970
_SLACK = timedelta(days=1)
_STAMPS = ("DTSTAMP", "LAST-MODIFIED", "CREATED")
_NEVER = datetime.min.replace(tzinfo=UTC)
#: The bits that hold the number of an entry beside its version.
_NUMBER = (1 << 32) - 1
#: When a meeting took place, and which one of its series it was.
_Time = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """An entry, read.

    Attributes:
        original: Which one of a series this one replaces.
        version: Decides between several of the same.
    """

    entry: Entry
    uid: str
    start: When
    original: When | None
    version: tuple[int, str]
    people: tuple[Guest, ...]

    @property
    def rule(self) -> dict[str, str]:
        told = self.entry.all("RRULE")
        return rule_of(told[0].value) if told and self.original is None else {}


@dataclass(slots=True)
class _Book:
    """What is known of a calendar as a whole, before its entries are told.

    Attributes:
        latest: The last moment the file itself proves to be past.
        replaced: Times of a series (by UID) that an entry of its own tells of.
        chosen: Of each meeting, the number of the entry that is its newest version, and that
            version, in one: the larger is the newer.
        exported: When the file was written, where all its entries say the same.
    """

    calendar: Calendar
    latest: datetime = _NEVER
    owner: Guest | None = None
    replaced: dict[str, set[datetime]] = field(default_factory=dict)
    chosen: dict[int, int] = field(default_factory=dict)
    entries: int = 0
    of_several: int = 0
    exported: str | None = None

    @property
    def only_birthdays(self) -> bool:
        return is_birthday_calendar(self.calendar.name)


def identify(path: str, head: bytes) -> bool:
    """Tell whether a file is a calendar: by its first line, or by its name."""
    first = as_lines(head[:1024]).lstrip(b" \t\n").split(b"\n")[0]
    first = first.replace(b" ", b"").replace(b"\t", b"").upper()
    name = base_name(path)
    if name.endswith(_SUFFIXES):
        return first != b"BEGIN:VCARD"
    return first == b"BEGIN:VCALENDAR" and not name.endswith(_CARDS)


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield meetings and birthdays, then who the people are, and what was left out."""
    book = _book(content)
    counts: Counter[str] = Counter()
    known: dict[str, Contact] = {}
    found = False
    for entry in entries(content):
        found = True
        made = entry if isinstance(entry, Reject) else _meeting(entry, book.calendar)
        if isinstance(made, Reject):
            yield made
        elif book.chosen[_mark(made)] & _NUMBER != made.entry.number:
            counts["there twice"] += 1
        else:
            yield from _told(made, book, counts, known)
    if not found:
        yield Reject("file", "no entry in it: no line says BEGIN:VEVENT")
        return
    if book.owner is not None:
        yield _self(book.owner)
    yield from known.values()
    stamp = read_when(book.exported or "", UTC)
    if stamp is not None and book.entries > 1:
        yield SnapshotDate(stamp.utc.date())
    yield from _notices(book, counts)


def _told(
    meeting: _Meeting, book: _Book, counts: Counter[str], known: dict[str, Contact]
) -> Iterator[Record]:
    """Yield what a meeting tells; what it is left out for is counted."""
    born = _birthday(meeting, book)
    if born is not None:
        yield born
        return
    reason = _reason_against(meeting, book)
    held = [] if reason else _held(meeting, book)
    if reason or not held:
        ahead = meeting.start.utc > book.latest
        counts[reason or ("still to come" if ahead else "cancelled")] += 1
        return
    for guest, direction in _counterparts(meeting, book.owner):
        yield from _events(meeting, held, guest.party, direction, book)
        contact = _correspondent(meeting.entry.place, guest.party)
        if contact is not None and book.owner is not None:
            known.setdefault(contact.key, contact)


# --- reading -------------------------------------------------------------------------------------


def _meeting(entry: Entry, calendar: Calendar) -> _Meeting | Reject:
    start = _when(entry, "DTSTART", calendar)
    if start is None:
        return Reject(entry.place, "entry without a possible start", entry.text("DTSTART")[:100])
    sequence = entry.text("SEQUENCE")
    number = int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0
    version = number, entry.text("LAST-MODIFIED")
    uid = entry.text("UID") or content_key(f"{start.utc}|{entry.text('SUMMARY')}")
    original = _when(entry, "RECURRENCE-ID", calendar)
    return _Meeting(entry, uid, start, original, version, guests(entry))


def _when(entry: Entry, name: str, calendar: Calendar) -> When | None:
    return next(_whens(entry, name, calendar), None)


def _whens(entry: Entry, name: str, calendar: Calendar) -> Iterator[When]:
    for told in entry.all(name):
        zone = zone_of(told.head.params.get("TZID", "") or calendar.zone, calendar.zones)
        for written in told.value.split(","):
            when = read_when(written, zone)
            if when is not None:
                yield when


def _mark(meeting: _Meeting) -> int:
    """Return a short sign for a meeting, the same for all its versions."""
    which = meeting.original.utc.isoformat() if meeting.original else ""
    named = f"{which}|{meeting.uid}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(named, digest_size=8).digest(), "big")


def _version(meeting: _Meeting) -> int:
    """Return which version of a meeting this entry is: the larger number is the newer one."""
    sequence, changed = meeting.version
    digits = "".join(sign for sign in changed if sign in "0123456789")[:14].ljust(14, "0")
    return (((sequence << 48) | int(digits)) << _NUMBER.bit_length()) | meeting.entry.number


def _book(content: Content) -> _Book:
    """Read the file for what has to be known of all its entries before the first is told."""
    book = _Book(calendar_of(content))
    attendance = Attendance()
    latest_stamp, latest_start = _NEVER, _NEVER
    for entry in entries(content):
        if isinstance(entry, Reject):
            continue
        written = entry.text("DTSTAMP")
        book.exported = written if book.entries == 0 or written == book.exported else ""
        book.entries += 1
        meeting = _meeting(entry, book.calendar)
        if isinstance(meeting, Reject):
            continue
        mark = _mark(meeting)
        book.chosen[mark] = max(book.chosen.get(mark, 0), _version(meeting))
        if len(meeting.people) > 1:
            attendance.add(meeting.people)
        for name in _STAMPS:
            for stamp in _whens(entry, name, book.calendar):
                latest_stamp = max(latest_stamp, stamp.utc)
        if not meeting.rule:
            latest_start = max(latest_start, meeting.start.utc)
        _replace(meeting, book)
    book.latest = latest_start if latest_stamp == _NEVER else latest_stamp
    book.of_several = attendance.meetings
    book.owner = attendance.owner(book.calendar.name)
    return book


def _replace(meeting: _Meeting, book: _Book) -> None:
    """Note the times of a series that this entry takes out of it."""
    gone = [when.utc for when in _whens(meeting.entry, "EXDATE", book.calendar)]
    if meeting.original is not None:
        gone.append(meeting.original.utc)
    if gone:
        book.replaced.setdefault(meeting.uid, set()).update(gone)


# --- which count ---------------------------------------------------------------------------------


def _reason_against(meeting: _Meeting, book: _Book) -> str | None:
    """Return why a meeting says nothing of two people; None where it does."""
    owner = book.owner.mark if book.owner else None
    coming = [guest for guest in meeting.people if guest.answer != NO]
    own = next((guest for guest in meeting.people if guest.mark == owner), None)
    size = len({guest.mark for guest in coming} | ({owner} if owner else set()))
    if meeting.start.local.year < _FIRST_YEAR:
        return f"of before {_FIRST_YEAR}"
    if meeting.entry.text("STATUS").upper() == "CANCELLED":
        return "cancelled"
    if not any(guest.mark != owner for guest in meeting.people) or len(meeting.people) < 2:
        return "without other people"
    if own is not None and own.answer == NO:
        return "declined"
    if size > _MOST_PEOPLE:
        return f"of more than {_MOST_PEOPLE} people"
    return None if _counterparts(meeting, book.owner) else "not accepted by two people"


def _counterparts(meeting: _Meeting, owner: Guest | None) -> list[tuple[Guest, str]]:
    """Return everybody the owner met, or invited or was invited by, and which of these."""
    if owner is None:
        agreed = [guest for guest in meeting.people if guest.answer == YES]
        return [(guest, "mutual") for guest in agreed] if len(agreed) > 1 else []
    own = next((guest for guest in meeting.people if guest.mark == owner.mark), None)
    # An entry that names others only is in the owner's calendar because the owner was there.
    answer = own.answer if own is not None else YES
    found = []
    for guest in meeting.people:
        if guest.mark == owner.mark or guest.answer == NO:
            continue
        if answer == YES and guest.answer == YES:
            found.append((guest, "mutual"))
        elif own is not None and own.organises:
            found.append((guest, "out"))
        elif answer == OPEN and guest.organises:
            found.append((guest, "in"))
    return found


def _held(meeting: _Meeting, book: _Book) -> list[_Time]:
    """Return when a meeting took place, as far as the file proves it."""
    if not meeting.rule:
        at = meeting.start.utc
        return [(at, meeting.original.utc if meeting.original else None)] * (at <= book.latest)
    until = read_when(meeting.rule.get("UNTIL", ""), meeting.start.zone)
    end = min(book.latest, until.utc + _SLACK * until.whole_day) if until else book.latest
    latest = end.replace(tzinfo=None) + _SLACK
    times = [meeting.start.at(local) for local in starts(meeting.start.local, meeting.rule, latest)]
    gone = book.replaced.get(meeting.uid, set())
    past: list[_Time] = [(at, at) for at in times if at <= end and at not in gone]
    if len(past) > _MOST_OF_SERIES:
        return [past[0], *past[1 - _MOST_OF_SERIES :]]
    return past


# --- records -------------------------------------------------------------------------------------


def _events(
    meeting: _Meeting, held: list[_Time], party: Party, direction: str, book: _Book
) -> Iterator[Event]:
    coming = {guest.mark for guest in meeting.people if guest.answer != NO}
    size = len(coming | ({book.owner.mark} if book.owner else set()))
    for at, original in held:
        which = f"{original:%Y%m%dT%H%M}" if original else ""
        yield Event(
            place=meeting.entry.place,
            kind="meeting",
            key=f"{meeting.uid}|{which}|{party.key or party.name}",
            party=party,
            direction=direction,
            thread_key=meeting.uid,
            thread_size=size,
            at=at,
        )


def _birthday(meeting: _Meeting, book: _Book) -> Contact | None:
    yearly = meeting.rule.get("FREQ") == "YEARLY"
    if not meeting.start.whole_day or meeting.people or not (yearly or book.only_birthdays):
        return None
    title = meeting.entry.text("SUMMARY")
    name = birthday_of(title, all_are=book.only_birthdays)
    if name is None:
        return None
    day = iso_day(meeting.start.local)
    return Contact(
        place=meeting.entry.place,
        relation="address_book",
        key=content_key(f"birthday|{name}|{day[-5:]}"),
        raw=to_json({"SUMMARY": title, "DTSTART": meeting.entry.text("DTSTART")}),
        full_name=name,
        birthday=day,
    )


def _self(owner: Guest) -> Contact:
    address = owner.party.key or ""
    raw = to_json({"address": address, "name": owner.party.name})
    points = (Point("email", address),)
    return Contact("file", "self", "self:calendar", raw, full_name=owner.party.name, points=points)


def _correspondent(place: str, party: Party) -> Contact | None:
    if party.key is None:
        return None
    return Contact(
        place=place,
        relation="correspondent",
        key=party.key,
        raw=to_json({"address": party.key, "name": party.name}),
        full_name=party.name,
        points=(Point("email", party.key),),
    )


def _notices(book: _Book, counts: Counter[str]) -> Iterator[Notice]:
    left_out = [f"{count} {words}" for words, count in sorted(counts.items()) if count]
    if left_out:
        yield Notice(f"entries left out: {', '.join(left_out)}")
    if counts["still to come"]:
        yield Notice(f"the file was last changed on {book.latest.date()}: what is later is to come")
    if book.owner is None and book.of_several:
        yield Notice("no address is in nearly all meetings: which one is the owner's is not told")


IMPORTER = Importer(
    name="calendar.meetings",
    source="calendar",
    files="*.ics",
    yields="meetings with other people, and birthdays",
    identify=identify,
    extract=extract,
)
