"""SMS Backup & Restore (Android): ``sms-20230102.xml`` and ``calls-20230102.xml``.

Read are text messages, multimedia messages with their groups, and calls. Numbers are the keys, so
the address book must say who they are where the backup does not. Short numbers and senders made of
letters are automatic and no interaction, as are drafts and messages that were never sent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from notworking.ingest._repeats import Repeats
from notworking.ingest._sms_xml import Element, elements
from notworking.ingest.importer import Content, Importer, base_name, shorten, to_json
from notworking.records import Contact, Event, Party, Point, Record, Reject

_ELEMENT = re.compile(rb"<([A-Za-z][\w.:-]*)")
_ROOTS = frozenset({b"smses", b"calls"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST, _LATEST = 631_152_000_000, 4_102_444_800_000  # 1990 and 2100, in milliseconds
_PHONE = re.compile(r"(?:\+|00)?[\d\s().\u00a0\u2011/-]{1,30}")
_SHORTEST_NUMBER = 7
_UNKNOWN = frozenset({"", "(unknown)", "unknown", "null", "-1", "-2", "-3", "private", "anonymous"})
_IN, _OUT = "1", "2"
#: In a multimedia message: who sent it; and what stands for the phone's own number.
_FROM, _OWN = "137", "insert-address-token"
#: Type of a call to direction and what is told of it.
_CALLS = {
    "1": ("in", None),
    "2": ("out", None),
    "3": ("in", "missed"),
    "4": ("in", "missed"),  # voicemail
    "5": ("in", "missed"),  # rejected
    "7": ("mutual", None),  # answered on another device
}
_BLOCKED = "6"


@dataclass(slots=True)
class _People:
    """Everybody the owner was in touch with: where first, how written, under which names."""

    places: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=dict)

    def meet(self, place: str, kind: str, address: str, name: str | None) -> Party:
        key = _key(address)
        if kind == "system":
            return Party(key, name)
        self.places.setdefault(key, place)
        self.written.setdefault(key, address.strip())
        if name:
            self.names.setdefault(key, Counter())[name] += 1
        return Party(key, name)


def identify(path: str, head: bytes) -> bool:
    """Tell whether an XML file is such a backup, by its first element."""
    root = _ELEMENT.search(head.replace(b"\0", b""))
    return base_name(path).endswith(".xml") and root is not None and root[1] in _ROOTS


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an event for every message and call, then who the people are."""
    people = _People()
    repeats = Repeats()
    for element in elements(content):
        if isinstance(element, Reject):
            yield element
            continue
        for record in _records(element, people):
            if isinstance(record, Event):
                count = repeats.number(record.key)
                yield record if count == 1 else replace(record, key=f"{record.key}#{count}")
            else:
                yield record
    yield from _contacts(people)


def _records(element: Element, people: _People) -> Iterator[Event | Reject]:
    at = _moment(element.get("date"))
    addresses = _addresses(element)
    if at is None or not addresses:
        reason = "from a withheld number: nobody is named" if at else "without a readable date"
        raw = shorten(to_json(element.attributes))
        yield Reject(f"line {element.line}", f"{element.name} {reason}", raw)
    elif element.name == "call":
        yield _call(element, at, addresses[0], people)
    elif element.name == "sms" or len(addresses) == 1:
        yield _message(element, at, addresses[0], people)
    else:
        yield from _group_message(element, at, addresses, people)


def _moment(digits: str) -> datetime | None:
    if not re.fullmatch(r"\d{10,14}", digits, re.ASCII):
        return None
    count = int(digits)
    return _EPOCH + timedelta(milliseconds=count) if _EARLIEST <= count <= _LATEST else None


def _addresses(element: Element) -> list[str]:
    written = element.get("number" if element.name == "call" else "address").split("~")
    named = [one.strip() for one in written if one.strip().lower() not in _UNKNOWN]
    return list(dict.fromkeys(one for one in named if one != _OWN))


def _key(address: str) -> str:
    """Return a number as digits, with a plus where it has its country's; else as written."""
    plain = address.strip()
    if not _PHONE.fullmatch(plain):
        return plain.casefold()
    digits = "".join(str(int(sign)) for sign in plain if sign.isdecimal())
    if plain.startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits or plain


def _is_automatic(address: str) -> bool:
    key = _key(address)
    if "@" in key:
        return False
    return not key.removeprefix("+").isdecimal() or len(key) < _SHORTEST_NUMBER


def _name(element: Element) -> str | None:
    name = element.get("contact_name")
    return None if name.lower() in _UNKNOWN else name


def _call(element: Element, at: datetime, number: str, people: _People) -> Event | Reject:
    told = element.get("type")
    place = f"line {element.line}"
    if told != _BLOCKED and told not in _CALLS:
        return Reject(place, "call of an unknown type", shorten(to_json(element.attributes)))
    direction, text = _CALLS.get(told, ("in", "missed"))
    if told in (_IN, _OUT):
        spoken = element.get("duration").strip("0") != ""
        direction, text = ("mutual", None) if spoken else (direction, "missed")
    kind = "system" if told == _BLOCKED or _is_automatic(number) else "call"
    party = people.meet(place, kind, number, _name(element))
    return Event(
        place=place,
        kind=kind,
        key=f"call|{party.key}|{element.get('date')}",
        party=party,
        direction=direction,
        thread_key=party.key,
        thread_size=2,
        at=at,
        text=text,
    )


def _message(element: Element, at: datetime, number: str, people: _People) -> Event:
    box = element.get("type" if element.name == "sms" else "msg_box")
    place, kind = f"line {element.line}", _kind(box, number)
    party = people.meet(place, kind, number, _name(element))
    return Event(
        place=place,
        kind=kind,
        key=f"{element.name}|{party.key}|{element.get('date')}|{box}",
        party=party,
        direction="in" if box == _IN else "out",
        thread_key=party.key,
        thread_size=2,
        at=at,
        text=_text(element),
    )


def _group_message(
    element: Element, at: datetime, addresses: list[str], people: _People
) -> Iterator[Event | Reject]:
    """Yield one event for the sender, or one for each of those the owner wrote to."""
    place, box = f"line {element.line}", element.get("msg_box")
    senders = [one.strip() for kind, one in element.addresses if kind == _FROM and one.strip()]
    if box == _IN and (not senders or senders[0] == _OWN):
        raw = shorten(to_json(element.attributes))
        yield Reject(place, "message to a group, without its sender", raw)
        return
    group = "|".join(sorted(map(_key, addresses)))
    for address in senders[:1] if box == _IN else addresses:
        kind = _kind(box, address)
        party = people.meet(place, kind, address, None)
        yield Event(
            place=place,
            kind=kind,
            key=f"mms|{group}|{element.get('date')}|{box}|{party.key}",
            party=party,
            direction="in" if box == _IN else "out",
            thread_key=group,
            thread_size=len(addresses) + 1,
            at=at,
            text=_text(element),
        )


def _kind(box: str, address: str) -> str:
    return "message" if box in (_IN, _OUT) and not _is_automatic(address) else "system"


def _text(element: Element) -> str | None:
    if element.name == "sms":
        return element.get("body") or None
    return "\n".join(text for text in element.texts if text not in ("", "null")) or None


def _contacts(people: _People) -> Iterator[Contact]:
    for key, place in people.places.items():
        written = people.written[key]
        names = people.names.get(key)
        name = min(names, key=lambda one: (-names[one], one)) if names else None
        yield Contact(
            place=place,
            relation="correspondent",
            key=key,
            raw=to_json({"address": written, "contact_name": name}),
            full_name=name,
            points=(Point("email" if "@" in written else "phone", written),),
        )


IMPORTER = Importer(
    name="sms.backup",
    source="sms",
    files="sms-DATE.xml, calls-DATE.xml (SMS Backup & Restore)",
    yields="text messages and calls, with number and name",
    identify=identify,
    extract=extract,
)
