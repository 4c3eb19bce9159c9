"""Direct messages of X's archive, of two people or a group: ``data/direct-messages.js``.

People are numbers in these files; who of them is the owner stands in ``account.js``. The numbers of
a conversation of two are its name. Media are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from notworking.frames import as_frame
from notworking.ingest._x_js import entries, fields, items, moment, text
from notworking.ingest.importer import Content, shorten, to_json
from notworking.records import Event, Party, Record, Reject, Thread

_PAIR = re.compile(r"(\d{1,20})-(\d{1,20})", re.ASCII)
#: Events of a group that no member typed.
_CHANGES = frozenset(
    {"joinConversation", "participantsJoin", "participantsLeave", "conversationNameUpdate"}
)


@dataclass(slots=True)
class _Conversation:
    """One conversation while it is read."""

    key: str
    group: bool
    members: dict[str, None] = field(default_factory=dict)
    title: str | None = None
    events: list[Event] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def party(self, number: str | None) -> Party:
        if number is None:
            return Party(None, None)
        self.members.setdefault(number)
        return Party(f"x:{number}", None)


def extract_messages(content: Content, path: str) -> Iterator[Record]:
    """Yield each conversation with its members, and its messages as one frame."""
    for found in entries(content, "dmConversation"):
        if isinstance(found, Reject):
            yield found
            continue
        place, entry = found
        key = text(entry.get("conversationId"))
        if key is None:
            yield Reject(place, "conversation without an identifier", shorten(to_json(entry)))
            continue
        talk = _read(place, key, entry)
        members = tuple(Party(f"x:{number}", None) for number in talk.members)
        yield Thread(key, talk.title, members, flags=("group",) if talk.group else ())
        if talk.events:
            yield as_frame(talk.events)
        yield from talk.rejects


def _read(place: str, key: str, entry: dict[str, object]) -> _Conversation:
    pair = _PAIR.fullmatch(key)
    talk = _Conversation(key, group=pair is None)
    for number in pair.groups() if pair else ():
        talk.members.setdefault(number)
    if not isinstance(entry.get("messages"), list):
        reason = "conversation without a list of messages"
        talk.rejects.append(Reject(place, reason, shorten(to_json(entry))))
    for index, item in enumerate(items(entry.get("messages"))):
        here = f"{place}.messages[{index}]"
        for name, told in fields(item).items():
            if name == "messageCreate":
                _add_message(talk, here, fields(told))
            elif name in _CHANGES:
                _add_change(talk, here, name, fields(told))
            else:
                talk.rejects.append(Reject(here, "unknown kind of entry", shorten(to_json(item))))
        if not fields(item):
            talk.rejects.append(Reject(here, "empty entry", shorten(to_json(item))))
    return talk


def _add_message(talk: _Conversation, place: str, told: dict[str, object]) -> None:
    number, sender = text(told.get("id")), text(told.get("senderId"))
    at = moment(told.get("createdAt"))
    if number is None or sender is None or at is None:
        reason = "message without its number, its sender or a possible date"
        talk.rejects.append(Reject(place, reason, shorten(to_json(told))))
        return
    party = talk.party(sender)
    receiver = text(told.get("recipientId"))
    message = Event(
        place=place,
        kind="message",
        key=number,
        party=party,
        recipients=None if talk.group or receiver is None else (talk.party(receiver),),
        thread_key=talk.key,
        at=at,
        text=text(told.get("text")),
    )
    talk.events.append(message)
    for index, item in enumerate(items(told.get("reactions"))):
        _add_reaction(talk, f"{place}.reactions[{index}]", message, fields(item))


def _add_reaction(talk: _Conversation, place: str, message: Event, told: dict[str, object]) -> None:
    actor, name = text(told.get("senderId")), text(told.get("reactionKey"))
    if actor is None:
        talk.rejects.append(Reject(place, "reaction of nobody", shorten(to_json(told))))
        return
    talk.events.append(
        Event(
            place=place,
            kind="reaction",
            key=f"{message.key}|{actor}|{text(told.get('eventId')) or name}",
            party=talk.party(actor),
            recipients=(message.party,),
            thread_key=talk.key,
            at=moment(told.get("createdAt")) or message.at,
            text=name,
            one_click=True,
        )
    )


def _add_change(talk: _Conversation, place: str, name: str, told: dict[str, object]) -> None:
    at = moment(told.get("createdAt"))
    # Leaving members wrote before: they stay members of what they wrote in.
    for listed in ("participantsSnapshot", "userIds"):
        for member in map(text, items(told.get(listed))):
            talk.party(member)
    talk.title = text(told.get("name")) or talk.title
    actor = talk.party(text(told.get("initiatingUserId")))
    moved = ",".join(filter(None, map(text, items(told.get("userIds")))))
    key = f"{talk.key}|{name}|{at.isoformat() if at else ''}|{actor.key or ''}|{moved}"
    talk.events.append(Event(place, "system", key, actor, thread_key=talk.key, at=at))
