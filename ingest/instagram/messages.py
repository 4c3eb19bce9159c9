"""Conversations of Instagram: ``messages/<folder>/<thread>/message_<n>.json``.

Read: the inbox, requests that were not accepted, and chats with contacts on Facebook. The sender is
a display name; no file says which user name it belongs to. Lines that the program wrote for a
reaction or a call are told from messages. Channels (``broadcast``) are not conversations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5

from notworking.frames import as_frame
from notworking.ingest._json import load
from notworking.ingest.importer import Content, Importer, content_key, shorten, to_json
from notworking.ingest.instagram._kinds import is_kind
from notworking.ingest.instagram._values import fields, is_deleted, key_name, records, text, when
from notworking.records import Event, Party, Record, Reject, Thread

_NUMBERED = re.compile(r".*_(\d{5,25})", re.DOTALL)
_SYSTEM = re.compile(
    r"(?:Reacted .{1,16} to (?:your|a|their|his|her|my) message|Liked a message"
    r"|Hat mit .{1,16} auf deine Nachricht reagiert|Gefällt eine Nachricht"
    r"|(?:You|\S+(?: \S+){0,4}) (?:liked a message|named the group .+|left the group"
    r"|added .+ to the group|removed .+ from the group|changed the (?:group photo|theme).*"
    r"|created the group|started (?:a|an) (?:video|audio) (?:chat|call)|(?:video|audio) chat ended)"
    r"|(?:Video|Audio) (?:chat|call) ended)[.!]?\s*",
    re.DOTALL,
)
_PLACEHOLDER = re.compile(
    r"(?:You|\S+(?: \S+){0,5}) sent (?:an attachment|a (?:photo|video|voice message|reel|post))"
    r"\.?\s*|(?:\S+ ){1,6}(?:hat|hast) einen Anhang gesendet\.?\s*"
)
_MEDIA = ("photos", "videos", "audio_files", "files", "gifs", "sticker", "share")
_PAIR = 2
_LONGEST_KEY = 4_000
#: No line of the program is longer, names of groups included; people write longer ones.
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class _Chat:
    """What is known of a conversation before its messages are read."""

    key: str
    group: bool

    def party(self, name: str) -> Party:
        """Return who a name stands for; a deleted counterpart is an unknown person of this chat."""
        if not is_deleted(name):
            return Party(None, name.strip())
        return Party(None, None) if self.group else Party(f"thread:{self.key}", None)


def _extract(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    found = fields(value).get("messages")
    if isinstance(found, list):
        yield from _conversation(fields(value), found, path)
    elif value is not None:
        yield Reject("file", "not a conversation: no list of messages in it", _short(value))
    if damage is not None:
        yield damage


def _conversation(head: dict[str, object], found: list[object], path: str) -> Iterator[Record]:
    members = [
        name
        for member in records(head.get("participants"))
        if isinstance(name := fields(member).get("name"), str)
    ]
    senders = (fields(message).get("sender_name") for message in found)
    written = list(dict.fromkeys(name for name in senders if isinstance(name, str)))
    group = len(members) > _PAIR or head.get("joinable_mode") is not None
    chat = _Chat(_thread_key(head, path, [*members, *written]), group)
    # Whoever wrote in a group and is not listed went away; of a group that the owner left, and of
    # a pair, everybody who wrote is a member.
    listed = group and members and head.get("is_still_participant") is not False
    yield _thread(head, path, chat, members if listed else [*members, *written])
    events: list[Event] = []
    rejects: list[Reject] = []
    seen: dict[str, int] = {}
    for index, message in enumerate(found):
        place = f"messages[{index}]"
        made = _message(place, fields(message), chat, seen)
        if made is None:
            rejects.append(Reject(place, "it has neither sender nor time", _short(message)))
        else:
            events.append(made)
            events += _reactions(fields(message), made, chat, seen)
    if events:
        yield as_frame(events)
    yield from rejects


def _thread_key(head: dict[str, object], path: str, names: list[str]) -> str:
    """Return the thread's number, which is the same in every export, else its folder's name."""
    own = (text(head.get("thread_path")) or "").rstrip("/")
    folder = key_name((own or path.replace("\\", "/").rpartition("/")[0]).rsplit("/", 1)[-1])
    if not folder:
        joined = "|".join(sorted({key_name(name) for name in names}))
        # Every event bears the key, so that of thousands of names would be their square.
        return f"participants:{joined if len(joined) <= _LONGEST_KEY else content_key(joined)}"
    numbered = _NUMBERED.fullmatch(folder)
    return numbered[1] if numbered else folder


def _thread(head: dict[str, object], path: str, chat: _Chat, names: list[str]) -> Thread:
    folders = f"{path}/{text(head.get('thread_path')) or ''}".split("/")
    flags = {
        "group": chat.group,
        "left": head.get("is_still_participant") is False,
        "request": "message_requests" in folders or head.get("is_pending") is True,
    }
    members = dict.fromkeys(map(chat.party, names))
    members.pop(Party(None, None), None)
    return Thread(
        key=chat.key,
        title=text(head.get("title")),
        members=tuple(members),
        flags=tuple(name for name, is_set in flags.items() if is_set),
    )


def _message(
    place: str, message: dict[str, object], chat: _Chat, seen: dict[str, int]
) -> Event | None:
    sender, at = message.get("sender_name"), when(message.get("timestamp_ms"))
    if not isinstance(sender, str) or (at is None and not sender):
        return None
    kind, shown = _told(message)
    written = text(message.get("content"))
    named = written or _first_uri(message)
    digest = md5(named.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:16]
    key = f"{chat.key}|{message.get('timestamp_ms')}|{digest}"
    return Event(
        place=place,
        kind=kind,
        key=_numbered(key, seen),
        party=chat.party(sender),
        thread_key=chat.key,
        at=at,
        text=shown,
    )


def _told(message: dict[str, object]) -> tuple[str, str | None]:
    """Return what a message is, and its text."""
    written = text(message.get("content"))
    if message.get("is_unsent") is True:
        return "system", None
    duration = message.get("call_duration")
    if duration is not None:
        return "call", None if duration else "missed"
    if written is None:
        return ("message" if any(message.get(name) for name in _MEDIA) else "system"), None
    if len(written) > _LONGEST_LINE:
        return "message", written
    if _SYSTEM.fullmatch(written):
        return "system", written
    return "message", None if _PLACEHOLDER.fullmatch(written) else written


def _first_uri(message: dict[str, object]) -> str:
    """Return the file name of the first attachment: its folder differs between exports."""
    for name in _MEDIA:
        for item in map(fields, records(message.get(name))):
            found = text(item.get("uri")) or text(item.get("link"))
            if found is not None:
                return found if name == "share" else found.rsplit("/", 1)[-1]
    return ""


def _reactions(
    message: dict[str, object], to: Event, chat: _Chat, seen: dict[str, int]
) -> Iterator[Event]:
    for index, one in enumerate(map(fields, records(message.get("reactions")))):
        actor, sign = one.get("actor"), text(one.get("reaction"))
        if not isinstance(actor, str):
            continue
        who = chat.party(actor)
        yield Event(
            place=f"{to.place}.reactions[{index}]",
            kind="reaction",
            key=_numbered(f"{to.key}|{who.name or ''}|{sign or ''}", seen),
            party=who,
            recipients=(to.party,),
            thread_key=chat.key,
            at=when(one.get("timestamp")) or to.at,
            text=sign,
            one_click=True,
        )


def _numbered(key: str, seen: dict[str, int]) -> str:
    seen[key] = seen.get(key, 0) + 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def _short(value: object) -> str:
    return shorten(to_json(value))


IMPORTER = Importer(
    name="instagram.messages",
    source="instagram",
    files="messages/<folder>/<thread>/message_1.json ...",
    yields="conversations: messages, calls and reactions, with who is in them",
    identify=is_kind("messages"),
    extract=_extract,
)
