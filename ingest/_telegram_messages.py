"""Telegram Desktop's JSON: one chat to its conversation and frames of events.

This is the hot loop of the source. Messages come one by one, so that a chat of any length fits, and
one with a field of an unexpected type costs nothing but itself. Nothing is known here of the file
around it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from notworking.frames import as_frame
from notworking.ingest.importer import content_key, shorten, to_json
from notworking.records import Event, Party, Record, Reject, Thread

#: Events that are turned into a frame at once.
_CHUNK = 20_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Telegram began in 2013; the years after 2100 are damage.
_EARLIEST, _LATEST = 1_356_998_400, 4_102_444_800
_CALLS = frozenset({"phone_call", "conference_call"})
_UNANSWERED = frozenset({"missed", "busy"})
PAIR = "personal_chat"

Number = int | str | None


class _Actor(msgspec.Struct, gc=False):
    from_id: Number = None
    from_: str | None = msgspec.field(name="from", default=None)
    date: str = ""


class _Reaction(msgspec.Struct, gc=False):
    emoji: str | None = None
    recent: list[_Actor] = []


class Message(msgspec.Struct, gc=False):
    """The fields of a message, or of a service line, that are read."""

    id: Number = None
    type: str = ""
    date: str = ""
    date_unixtime: Number = None
    from_: str | None = msgspec.field(name="from", default=None)
    from_id: Number = None
    actor: str | None = None
    actor_id: Number = None
    action: str | None = None
    discard_reason: str | None = None
    duration_seconds: float | None = None
    members: list[str | None] | None = None
    text: str | list[Any] | None = None
    reactions: list[_Reaction] | None = None


class Chat(msgspec.Struct, gc=False):
    """What is told of a chat beside its messages; ``name`` is null for a deleted account."""

    name: str | None = None
    type: str = ""
    id: Number = None


@dataclass(slots=True)
class Talk:
    """A chat on its way to records.

    Attributes:
        chat: Its head.
        people: Everybody met, key to name.
        named: Names of everybody the chat tells of, writers or not.
        zoneless: Messages of which only the local time is known.
    """

    chat: Chat
    people: dict[str, str | None] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    zoneless: int = 0

    @property
    def key(self) -> str:
        """The conversation's identifier: the other person's, or the group's."""
        number = self.chat.id
        if number is None:
            return content_key(self.title or "")
        return f"{'user' if self.chat.type == PAIR else 'chat'}{plain(str(number))}"

    @property
    def title(self) -> str | None:
        """The name of the other one or the group; None for a deleted account."""
        return plain(self.chat.name or "") or None

    @property
    def owner(self) -> tuple[str, str | None] | None:
        """Key and name of whoever is not the other one in a chat of two."""
        others = [item for item in self.people.items() if item[0] != self.key]
        return others[0] if self.chat.type == PAIR and len(others) == 1 else None


def head_of(fields: dict[str, object], place: str) -> Chat | Reject:
    """Return what is told of a chat, out of its fields."""
    told = {name: fields[name] for name in Chat.__struct_fields__ if name in fields}
    try:
        return msgspec.convert(told, Chat)
    except msgspec.ValidationError as error:
        return Reject(place, f"not a chat: {error}", shorten(_json(told)))


def message_of(value: object, place: str) -> Message | Reject:
    """Return a message; one with a field of a type that cannot be understood is a reject."""
    try:
        return msgspec.convert(value, Message)
    except msgspec.ValidationError:
        pass
    try:
        return msgspec.convert(value, Message, strict=False)
    except msgspec.ValidationError as error:
        return Reject(place, f"not a message: {error}", shorten(_json(value)))


def _json(value: object) -> str:
    try:
        return to_json(value)
    except RecursionError:
        return json.dumps("nested too deeply")


def records(
    talk: Talk, messages: Iterable[tuple[str, Message | Reject]], flags: tuple[str, ...]
) -> Iterator[Record]:
    """Yield a chat's messages as frames, then the conversation with everybody met in them.

    Args:
        talk: The chat; it gathers what the messages tell of it.
        messages: Each message with its place, in file order.
        flags: The conversation's.
    """
    if talk.chat.type == PAIR:
        talk.people[talk.key] = talk.title
    chunk: list[Event] = []
    for told in _events(talk, messages):
        if isinstance(told, Reject):
            yield told
            continue
        chunk.append(told)
        if len(chunk) >= _CHUNK:
            yield as_frame(chunk)
            chunk = []
    if chunk:
        yield as_frame(chunk)
    members = tuple(Party(key, name) for key, name in talk.people.items())
    size = len(talk.named) if len(talk.named) > len(members) else None
    yield Thread(talk.key, talk.title, members, size=size, flags=flags)


def _events(
    talk: Talk, messages: Iterable[tuple[str, Message | Reject]]
) -> Iterator[Event | Reject]:
    thread = talk.key
    for place, message in messages:
        if isinstance(message, Reject):
            yield message
            continue
        at = _moment(talk, message)
        if at is None or message.id is None:
            reason = "message without a number" if at else "message without a possible date"
            raw = shorten(_json(msgspec.to_builtins(message)))
            yield Reject(place, reason, raw)
            continue
        kind, text = _told(message)
        service = message.type == "service"
        number = message.actor_id if service else message.from_id
        party = _meet(talk, number, message.actor if service else message.from_)
        talk.named.update(plain(name) for name in message.members or () if name)
        key = f"{thread}|{message.id}"
        event = Event(place, kind, key, party, thread_key=thread, at=at, text=text)
        yield event
        if message.reactions:
            yield from _reactions(talk, event, message)


def _reactions(talk: Talk, event: Event, message: Message) -> Iterator[Event]:
    for nth, reaction in enumerate(message.reactions or ()):
        emoji = plain(reaction.emoji or "") or None
        for index, actor in enumerate(reaction.recent):
            party = _meet(talk, actor.from_id, actor.from_)
            yield Event(
                place=f"{event.place}.reactions[{nth}].recent[{index}]",
                kind="reaction",
                key=f"{event.key}|{party.key or party.name}|{emoji or nth}",
                party=party,
                recipients=(event.party,),
                thread_key=event.thread_key,
                at=_same_zone(actor.date, message.date, event.at),
                text=emoji,
                one_click=True,
            )


def _meet(talk: Talk, number: Number, name: str | None) -> Party:
    key, name = peer(number), plain(name) or None if name else None
    if name:
        talk.named.add(name)
    if key is not None:
        talk.people[key] = name or talk.people.get(key)
    return Party(key, name)


def peer(number: Number) -> str | None:
    """Return ``user22`` for whoever wrote; exports before 2021 have the number alone."""
    if number is None or number == "":
        return None
    return f"user{number}" if isinstance(number, int) else plain(number) or None


def plain(text: str) -> str:
    """Return text trimmed and without NUL."""
    return text.replace("\0", "").strip()


# --- what and when -------------------------------------------------------------------------------


def _told(message: Message) -> tuple[str, str | None]:
    """Return what a message is, and its text."""
    if message.type == "message":
        return "message", _text(message.text)
    if message.action not in _CALLS:
        return "system", plain(message.action or "") or None
    silent = message.action == "phone_call" and not message.duration_seconds
    missed = silent or message.discard_reason in _UNANSWERED
    return "call", "missed" if missed else None


def _text(text: str | list[Any] | None) -> str | None:
    """Return a text that is in pieces where it has links or styles."""
    if isinstance(text, list):
        pieces = (piece.get("text") if isinstance(piece, dict) else piece for piece in text)
        text = "".join(piece for piece in pieces if isinstance(piece, str))
    return plain(text or "") or None


def moment(seconds: Number) -> datetime | None:
    """Return Unix seconds, mostly written as a string, as a time in UTC."""
    digits = str(seconds)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
        return None
    return _EPOCH + timedelta(seconds=int(digits)) if _EARLIEST <= int(digits) < _LATEST else None


def _local(written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at if _EARLIEST <= (at - _EPOCH).total_seconds() < _LATEST else None


def _moment(talk: Talk, message: Message) -> datetime | None:
    at = moment(message.date_unixtime)
    if at is None:
        at = _local(message.date)
        talk.zoneless += at is not None
    return at


def _same_zone(written: str, beside: str, at: datetime | None) -> datetime | None:
    """Return a local time in UTC, by means of another one of which both are known."""
    local, known = _local(written), _local(beside)
    return at + (local - known) if at and local and known else at
