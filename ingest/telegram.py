"""Telegram Desktop's export as machine-readable JSON: ``result.json``, of everything or one chat.

Read are the owner, the address book, chats of two and private groups, left ones too. Bots,
channels, public groups and notes to oneself are left out and counted; Telegram's own ranking of
contacts is not read. Messages are read one by one, so that a file of any size fits.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from notworking.ingest._json_stream import CutError, Stream
from notworking.ingest._telegram_messages import (
    PAIR,
    Message,
    Talk,
    head_of,
    message_of,
    moment,
    peer,
    plain,
    records,
)
from notworking.ingest.importer import (
    Content,
    Ignored,
    Importer,
    base_name,
    content_key,
    full_name,
    shorten,
    to_json,
)
from notworking.records import Contact, Notice, Point, Record, Reject

_LEFT_OUT = {
    "bot_chat": "chats with bots",
    "saved_messages": "notes to oneself",
    "replies": "lists of replies",
    "verification_codes": "lists of codes",
    "public_supergroup": "public groups",
    "private_channel": "channels",
    "public_channel": "channels",
}
_GROUPS = frozenset({"private_group", "private_supergroup"})
_TYPES = "|".join((PAIR, *sorted(_GROUPS), *_LEFT_OUT)).encode()
_CHAT_HEAD = re.compile(
    rb'\s*\{\s*(?:"name"\s*:\s*(?:null|"(?:[^"\\]|\\.){0,999}")\s*,\s*)?"type"\s*:\s*"(?:'
    + _TYPES
    + rb')"'
)
_FULL_HEAD = re.compile(rb'\s*\{\s*"about"\s*:\s*"')
_SECTION = re.compile(
    rb'"(?:personal_information|contacts|frequent_contacts|chats|left_chats|other_data)"\s*:\s*\{'
)
_BOM = b"\xef\xbb\xbf"
_SECTIONS = frozenset({"personal_information", "contacts", "chats", "left_chats"})


def identify(path: str, head: bytes) -> bool:
    """Tell whether a JSON file is such an export, by how it begins."""
    if not base_name(path).endswith(".json"):
        return False
    head = head.removeprefix(_BOM)
    if _CHAT_HEAD.match(head) is not None:
        return True
    return _FULL_HEAD.match(head) is not None and _SECTION.search(head) is not None


@dataclass(slots=True)
class _Reading:
    """A file on its way to records.

    Attributes:
        counts: What is left out, in words.
        stated: Whether the file says who the owner is.
        owners: Where chats let it be deduced: key and name to the place of the first.
    """

    stream: Stream
    counts: Counter[str] = field(default_factory=Counter)
    stated: bool = False
    owners: dict[tuple[str, str | None], str] = field(default_factory=dict)


@dataclass(slots=True)
class _Chat:
    """A chat whose fields come by one after the other.

    Attributes:
        place: Where it stands; empty for the only one of a file.
        head: The fields beside its messages.
        found: Whether its messages came by.
        waiting: Messages that came before the fields that say whose they are.
    """

    place: str
    head: dict[str, object] = field(default_factory=dict)
    found: bool = False
    waiting: list[tuple[str, Message | Reject]] = field(default_factory=list)

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield the owner, the address book and every chat, then what was left out."""
    with content.open() as source:
        reading = _Reading(Stream(source))
        yield from _whole(reading)
        damage = reading.stream.finish()
    if not reading.stated:
        yield from (_deduced(place, *owner) for owner, place in reading.owners.items())
    if damage is not None:
        yield damage
    yield from _notices(reading.counts)


def _whole(reading: _Reading) -> Iterator[Record]:
    """Read a file: an export of everything, or the one chat that it is."""
    stream, only, sections = reading.stream, _Chat(""), 0
    with suppress(CutError):
        for name in stream.members(""):
            sections += name in _SECTIONS
            if name == "personal_information":
                reading.stated = True
                yield from _owner(_fields(stream.value(name)))
            elif name == "contacts":
                yield from _address_book(stream)
            elif name in _SECTIONS:
                yield from _chats(reading, name)
            else:
                yield from _field(reading, only, name)
    if not sections:
        yield from _end(reading, only)


def _chats(reading: _Reading, section: str) -> Iterator[Record]:
    """Read all chats of a section."""
    stream, listed = reading.stream, False
    for name in _members(stream, section):
        here = f"{section}.{name}"
        if name != "list" or stream.peek() != "[":
            stream.value(here)
            continue
        listed = True
        for place in stream.elements(here):
            if stream.peek() != "{":
                yield Reject(place, "not a chat", shorten(to_json(stream.value(place))))
                continue
            chat = _Chat(place)
            with suppress(CutError):
                for field_name in stream.members(place):
                    yield from _field(reading, chat, field_name)
            yield from _end(reading, chat)
    if not listed and stream.damage is None:
        yield Reject(section, "no list of chats in it")


def _members(stream: Stream, place: str) -> Iterator[str]:
    """Yield the members of what should be an object; nothing of what is none."""
    if stream.peek() == "{":
        yield from stream.members(place)
    else:
        stream.value(place)


def _field(reading: _Reading, chat: _Chat, name: str) -> Iterator[Record]:
    """Take one field of a chat; its messages as they come, if it is known whose they are."""
    stream = reading.stream
    if name != "messages" or stream.peek() != "[":
        chat.head[name] = stream.value(chat.at(name))
        return
    chat.found = True
    messages = _messages(stream, chat.at(name))
    if "type" in chat.head:
        yield from _told(reading, chat, messages)
    else:
        chat.waiting += messages


def _end(reading: _Reading, chat: _Chat) -> Iterator[Record]:
    if chat.waiting:
        yield from _told(reading, chat, chat.waiting)
    elif not chat.found and reading.stream.damage is None:
        yield Reject(chat.place or "file", "chat without a list of messages")


def _messages(stream: Stream, place: str) -> Iterator[tuple[str, Message | Reject]]:
    """Yield every message with its place, up to where the file is cut off."""
    with suppress(CutError):
        for here in stream.elements(place):
            yield here, message_of(stream.value(here), here)


def _told(
    reading: _Reading, chat: _Chat, messages: Iterable[tuple[str, Message | Reject]]
) -> Iterator[Record]:
    head = head_of(chat.head, chat.place or "file")
    if isinstance(head, Reject):
        yield head
    elif head.type != PAIR and head.type not in _GROUPS:
        reading.counts[_LEFT_OUT.get(head.type, "chats of an unknown kind")] += 1
    else:
        talk = Talk(head)
        yield from records(talk, messages, _flags(talk, chat.place))
        reading.counts["zoneless"] += talk.zoneless
        if talk.owner is not None:
            reading.owners.setdefault(talk.owner, chat.place or "chat")
    # What is nobody's has to be passed over all the same.
    deque(messages, maxlen=0)


def _flags(talk: Talk, place: str) -> tuple[str, ...]:
    group = ("group",) if talk.chat.type in _GROUPS else ()
    return (*group, "left") if place.startswith("left_chats") else group


# --- people --------------------------------------------------------------------------------------


def _fields(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _text(fields: dict[str, object], name: str) -> str | None:
    value = fields.get(name)
    if not isinstance(value, str):
        return None
    return plain(value.encode("utf-8", "replace").decode("utf-8")) or None


def _key(fields: dict[str, object]) -> str | None:
    number = fields.get("user_id")
    # Somebody who is not on Telegram has the number 0.
    return peer(number) if type(number) is int and number > 0 else None


def _phone(fields: dict[str, object]) -> tuple[Point, ...]:
    written = _text(fields, "phone_number")
    return (Point("phone", written),) if written else ()


def _owner(fields: dict[str, object]) -> Iterator[Contact | Reject]:
    key = _key(fields)
    given, family = _text(fields, "first_name"), _text(fields, "last_name")
    username = (_text(fields, "username") or "").removeprefix("@")
    points = _phone(fields)
    if username:
        points = (Point("handle", username, "telegram"), *points)
    if key is not None:
        # How messages name the owner.
        points = (Point("handle", key, "telegram id"), *points)
    if not points and full_name(given, family) is None:
        yield Reject("personal_information", "it names nobody", shorten(to_json(fields)))
        return
    yield Contact(
        place="personal_information",
        relation="self",
        key="self:telegram",
        raw=to_json(fields),
        full_name=full_name(given, family),
        given_name=given,
        family_name=family,
        points=points,
    )


def _deduced(place: str, key: str, name: str | None) -> Contact:
    """Return the owner of an export of one chat: whoever is not the other one in it."""
    raw = to_json({"from_id": key, "from": name})
    points = (Point("handle", key, "telegram id"),)
    return Contact(place, "self", "self:telegram", raw, full_name=name, points=points)


def _address_book(stream: Stream) -> Iterator[Contact | Reject]:
    listed = False
    for name in _members(stream, "contacts"):
        if name != "list" or stream.peek() != "[":
            stream.value(f"contacts.{name}")
            continue
        listed = True
        for place in stream.elements("contacts.list"):
            yield _known(place, stream.value(place))
    if not listed and stream.damage is None:
        yield Reject("contacts", "no list of contacts in it")


def _known(place: str, item: object) -> Contact | Reject:
    fields = _fields(item)
    given, family = _text(fields, "first_name"), _text(fields, "last_name")
    points, key = _phone(fields), _key(fields)
    name = full_name(given, family)
    if key is None and name is None and not points:
        return Reject(place, "contact without a name or number", shorten(to_json(item)))
    seconds = fields.get("date_unixtime")
    return Contact(
        place=place,
        relation="address_book",
        key=key or content_key(f"{points[0].raw if points else ''}|{name or ''}"),
        raw=to_json(item),
        full_name=name,
        given_name=given,
        family_name=family,
        connected_at=moment(seconds) if isinstance(seconds, int | str) else None,
        points=points,
    )


def _notices(counts: Counter[str]) -> Iterator[Notice]:
    zoneless = counts.pop("zoneless", 0)
    if zoneless:
        yield Notice(
            f"{zoneless} times have no zone: they are the exporting computer's, kept as if UTC"
        )
    if counts:
        told = ", ".join(f"{count} {words}" for words, count in sorted(counts.items()))
        yield Notice(f"left out, being nobody's: {told}")


def _is_page(path: str, head: bytes) -> bool:
    named = re.fullmatch(r"messages\d*\.html", base_name(path)) is not None
    return named and b"<title>Exported Data</title>" in head


IMPORTER = Importer(
    name="telegram.export",
    source="telegram",
    files="result.json",
    yields="address book, chats and calls, with who wrote",
    identify=identify,
    extract=extract,
)
IGNORED = (
    Ignored(
        name="telegram.html",
        source="telegram",
        files="messages.html ...",
        identify=_is_page,
        reason="made for reading: export again and choose machine-readable JSON",
    ),
)
