"""Mail as programs keep and export it: mailboxes (``.mbox``), ``.eml`` files, Maildir folders.

Only heads are read: who wrote to whom, when, in which thread. Subjects and bodies are not kept. The
owner's addresses are those mails were sent from by their label or folder, and the one nearly all
were delivered to. Lists, newsletters, notifications, drafts and spam are kept as no interaction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from notworking.frames import as_frame
from notworking.ingest import _mail_kinds as kinds
from notworking.ingest._mail_fields import Address, addresses, delivered_at, fields, sent_at
from notworking.ingest._mail_heads import Head, is_mail, is_mailbox, one, several
from notworking.ingest.importer import Content, Importer, base_name, content_key, shorten, to_json
from notworking.records import Contact, Event, Party, Point, Record, Reject

_CHUNK = 20_000
_SUFFIXES = (".eml", ".emlx")
_MAILDIR = re.compile(r"(?:^|/)(?:cur|new)/[^/]+$")
_WHO = re.compile(rb"^From[ \t]*:", re.IGNORECASE | re.MULTILINE)
_IDENTIFIER = re.compile(r"<\s*([^<>\s]{1,990})\s*>")
#: A clock may be wrong, and mail may take its time; beyond this the ``Date`` field is a lie.
_PATIENCE = timedelta(days=2)
#: Of what was sent, an address must have this share to be the owner's; of what was delivered, that.
_SHARE_SENT, _SHARE_DELIVERED, _ENOUGH_DELIVERED = 0.02, 0.5, 3


@dataclass(slots=True)
class _Seen:
    """What a file tells of people, over all its mails.

    Attributes:
        writers: Who wrote, and the mail that first shows it.
        written: To whom each of them wrote, and the mail that first shows it.
    """

    sent: Counter[str] = field(default_factory=Counter)
    delivered: Counter[str] = field(default_factory=Counter)
    names: dict[str, Counter[str]] = field(default_factory=dict)
    writers: dict[str, str] = field(default_factory=dict)
    written: dict[str, dict[str, str]] = field(default_factory=dict)

    def name(self, address: str) -> str | None:
        names = self.names.get(address)
        return min(names, key=lambda name: (-names[name], name)) if names else None


def identify(path: str, head: bytes) -> bool:
    """Tell whether a file is a mailbox, by its first lines, or a mail, by its name and fields."""
    name = base_name(path)
    if is_mailbox(head):
        return True
    if name.endswith(_SUFFIXES):
        return not head.lstrip().startswith((b"BEGIN:VCARD", b"BEGIN:VCALENDAR"))
    return _MAILDIR.search(path) is not None and is_mail(head) and bool(_WHO.search(head))


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield an event for every mail, then the owner's addresses and those in touch with them."""
    seen, words = _Seen(), kinds.folders(path)
    events: list[Event] = []
    rejects: list[Reject] = []
    for head in _heads(content):
        record = _record(head, words, seen)
        if isinstance(record, Reject):
            rejects.append(record)
        else:
            events.append(record)
        if len(events) == _CHUNK:
            yield as_frame(events)
            events = []
    if events:
        yield as_frame(events)
    yield from rejects
    owned = _owned(seen)
    yield from (_owner(address, place, seen) for address, place in owned.items())
    yield from _correspondents(seen, owned)


def _heads(content: Content) -> Iterator[Head]:
    with content.open() as stream:
        mailbox = is_mailbox(stream.read(1024))
    with content.open() as stream:
        if mailbox:
            yield from several(stream)
        else:
            yield one(stream)


def _record(head: Head, words: set[str], seen: _Seen) -> Event | Reject:
    place = f"mail {head.number}"
    told = fields(head.fields)
    at = _time(told, head.envelope)
    senders = addresses(told.get("from", ""))
    if at is None or not senders:
        missing = "a sender's address" if at else "a possible date" if told else "fields"
        shown = {name: value for name, value in told.items() if name != "subject"}
        alone = not told and not head.envelope
        return Reject(
            "file" if alone else place, f"mail without {missing}", shorten(to_json(shown))
        )
    words = words | kinds.labels(told)
    sender, sent = senders[0], kinds.is_sent(words)
    others = _recipients(told, sender)
    silent = kinds.is_unsent(words) or (
        all(kinds.is_robot(address) for address, _ in others)
        if sent and others
        else not sent and kinds.is_automatic(told, sender)
    )
    if not kinds.is_unsent(words):
        _remember(seen, place, told, sender, sent=sent)
    if not silent:
        _introduce(seen, place, sender, others)
    return Event(
        place=place,
        kind="system" if silent else "message",
        key=_key(told),
        party=Party(*sender),
        recipients=() if silent else tuple(Party(*other) for other in others),
        thread_key=_thread(told),
        at=at,
    )


def _time(told: dict[str, str], envelope: bytes) -> datetime | None:
    """Return when a mail was sent, or delivered where it claims to come from the future."""
    at = sent_at(told.get("date", ""))
    arrived = delivered_at(envelope.decode("ascii", "replace"))
    if arrived is None:
        arrived = sent_at(told.get("received", "").rpartition(";")[2].strip())
    if at is None or (arrived is not None and at > arrived + _PATIENCE):
        return arrived
    return at


def _recipients(told: dict[str, str], sender: Address) -> list[Address]:
    found: dict[str, str | None] = {}
    for name in ("to", "cc", "bcc"):
        for address, told_name in addresses(told.get(name, "")):
            if address != sender[0]:
                found[address] = found.get(address) or told_name
    return list(found.items())


def _key(told: dict[str, str]) -> str:
    match = _IDENTIFIER.search(told.get("message-id", ""))
    if match:
        return match[1]
    return content_key("|".join(told.get(name, "") for name in ("from", "to", "date", "subject")))


def _thread(told: dict[str, str]) -> str:
    """Return Gmail's number of the thread, else the first mail that this one refers to."""
    number = told.get("x-gm-thrid")
    if number:
        return f"gmail:{number}"
    for name in ("references", "in-reply-to"):
        match = _IDENTIFIER.search(told.get(name, ""))
        if match:
            return match[1]
    return _key(told)


# --- people --------------------------------------------------------------------------------------


def _remember(
    seen: _Seen, place: str, told: dict[str, str], sender: Address, *, sent: bool
) -> None:
    """Note what tells who the owner is."""
    if sent:
        seen.sent[sender[0]] += 1
        seen.writers.setdefault(sender[0], place)
    elif "delivered-to" in told:
        for address, _ in addresses(told["delivered-to"])[:1]:
            seen.delivered[address] += 1
            seen.writers.setdefault(address, place)


def _introduce(seen: _Seen, place: str, sender: Address, others: list[Address]) -> None:
    """Note who wrote to whom, and how they are called."""
    reached = seen.written.setdefault(sender[0], {})
    seen.writers.setdefault(sender[0], place)
    for address, _ in others:
        reached.setdefault(address, place)
    for address, name in (sender, *others):
        if name is not None:
            seen.names.setdefault(address, Counter())[name] += 1


def _owned(seen: _Seen) -> dict[str, str]:
    """Return the owner's addresses, with a mail that shows each."""
    least = seen.sent.total() * _SHARE_SENT
    owned = {address for address, count in seen.sent.items() if count >= least}
    for address, count in seen.delivered.most_common(1):
        if count >= _ENOUGH_DELIVERED and count >= seen.delivered.total() * _SHARE_DELIVERED:
            owned.add(address)
    return {address: seen.writers[address] for address in sorted(owned)}


def _owner(address: str, place: str, seen: _Seen) -> Contact:
    return Contact(
        place=place,
        relation="self",
        key=f"self:mail:{address}",
        raw=to_json({"address": address, "name": seen.name(address)}),
        full_name=seen.name(address),
        points=(Point("email", address),),
    )


def _correspondents(seen: _Seen, owned: dict[str, str]) -> Iterator[Contact]:
    """Yield who wrote and whom the owner wrote to; those only named beside others are nobody's."""
    places = {address: seen.writers[address] for address in seen.written}
    for address in owned:
        for other, place in seen.written.get(address, {}).items():
            places.setdefault(other, place)
    for address, place in places.items():
        if address not in owned and not kinds.is_robot(address):
            name = seen.name(address)
            yield Contact(
                place=place,
                relation="correspondent",
                key=address,
                raw=to_json({"address": address, "name": name}),
                full_name=name,
                points=(Point("email", address),),
            )


IMPORTER = Importer(
    name="mail.box",
    source="mail",
    files="*.mbox, *.eml, Maildir folders",
    yields="who wrote to whom and when; neither subjects nor bodies",
    identify=identify,
    extract=extract,
)
