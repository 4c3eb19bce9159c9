"""Calendar files: who takes part in a meeting, and what each answered.

Rooms, equipment and groups are no people. Which of the people is the owner is found over all
meetings of a calendar.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from notworking.ingest._calendar_entries import Entry, Property
from notworking.records import Party

YES, NO, OPEN = "yes", "no", "open"
_ANSWERS = {"ACCEPTED": YES, "COMPLETED": YES, "DECLINED": NO, "DELEGATED": NO}
_NO_PEOPLE = frozenset({"ROOM", "RESOURCE", "GROUP"})
_NO_PERSON = (
    "@resource.calendar.google.com",
    "@group.calendar.google.com",
    "@group.v.calendar.google.com",
    "@import.calendar.google.com",
)
#: Whoever is in so many meetings, at least, and in this share of all, is the owner.
_ENOUGH, _SHARE = 3, 0.8


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in a meeting."""

    party: Party
    answer: str
    organises: bool = False

    @property
    def mark(self) -> str:
        """What tells this guest from others: the address, else the name."""
        return self.party.key or f"name:{self.party.name}"


def guests(entry: Entry) -> tuple[Guest, ...]:
    """Return the people of a meeting, the organiser first, everybody once."""
    found: dict[str, Guest] = {}
    for organiser in map(_guest, entry.all("ORGANIZER")[:1]):
        if organiser is not None:
            found[organiser.mark] = Guest(organiser.party, YES, organises=True)
    for guest in map(_guest, entry.all("ATTENDEE")):
        if guest is None:
            continue
        known = found.get(guest.mark)
        if known is None:
            found[guest.mark] = guest
        elif known.party.name is None:
            found[guest.mark] = Guest(guest.party, known.answer, known.organises)
    return tuple(found.values())


def _guest(told: Property) -> Guest | None:
    params = told.head.params
    if params.get("CUTYPE", "").upper() in _NO_PEOPLE:
        return None
    address = _address(told.value) or _address(params.get("EMAIL", ""))
    if address is not None and address.endswith(_NO_PERSON):
        return None
    name = " ".join(params.get("CN", "").split()).strip("'\"") or None
    if name is not None and "@" in name:
        address = address or _address(name)
        name = None
    if address is None and name is None:
        return None
    return Guest(Party(address, name), _ANSWERS.get(params.get("PARTSTAT", "").upper(), OPEN))


def _address(written: str) -> str | None:
    """Return the address of ``mailto:ana@example.com``; None for ``invalid:nomail``."""
    scheme, colon, rest = written.strip().strip('"').partition(":")
    address = (
        (rest if colon and scheme.lower() == "mailto" else written).strip().strip('"<>').lower()
    )
    local, _, domain = address.partition("@")
    plain = (
        local and domain and not any(sign in address for sign in ' :/,;"<>') and "@" not in domain
    )
    return address if plain and len(address) <= 320 else None


class Attendance:
    """Counts over all meetings who is in them, to find whose calendar it is."""

    def __init__(self) -> None:
        """Begin with no meeting."""
        self.meetings = 0
        self._counts: Counter[str] = Counter()
        self._named: dict[str, Guest] = {}

    def add(self, people: tuple[Guest, ...]) -> None:
        """Count the people of a meeting."""
        self.meetings += 1
        for guest in people:
            if guest.party.key is not None:
                self._counts[guest.party.key] += 1
                if guest.party.name is not None or guest.party.key not in self._named:
                    self._named[guest.party.key] = guest

    def owner(self, calendar_name: str) -> Guest | None:
        """Return who is in nearly all; the calendar's name decides between equals."""
        most = max(self._counts.values(), default=0)
        if most < _ENOUGH or most < self.meetings * _SHARE:
            return None
        first = [address for address, count in self._counts.items() if count == most]
        if len(first) > 1:
            first = [address for address in first if address == calendar_name.strip().lower()]
        return self._named[first[0]] if first else None
