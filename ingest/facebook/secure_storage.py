"""Messenger's separate export of end-to-end encrypted chats ("secure storage"), 2023-12 and later.

One JSON file for each chat, recognised by its keys (``threadName``, members as plain strings) and
not by its path. It continues the conversations that the main export calls ``e2ee_cutover``, without
overlap, but carries no thread number: the key is made of the members. Its HTML form is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import msgspec

from notworking.ingest._json import load_raw, text_of
from notworking.ingest.facebook import _conversation, _message_frame
from notworking.ingest.facebook._conversation import Head
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._message_frame import Message, Reaction, Share, Uri
from notworking.ingest.facebook._values import number, records
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.records import Notice, Record, Reject

_COUNTER = re.compile(r"_\d+$")
_WIDEST = 2**62
_PAIR = 2


def _extract(content: Content, path: str) -> Iterator[Record]:
    value, damage = load_raw(text_of(content.read()))
    if isinstance(value, dict) and isinstance(value.get("messages", []), list):
        yield from _chat(value, path)
    elif value is not None:
        raw = shorten(to_json(value))
        yield Reject("file", "not a conversation: no list of messages in it", raw)
    if damage is not None:
        yield damage


def _chat(chat: dict[str, object], path: str) -> Iterator[Record]:
    listed = chat.get("participants")
    members = tuple(
        name for name in (listed if isinstance(listed, list) else []) if isinstance(name, str)
    )
    title = chat.get("threadName")
    messages, places, rejects = _messages(records(chat.get("messages")))
    senders = _message_frame.senders(messages)
    key = _conversation.key_of_members((*members, *senders))
    head = Head(
        members=members,
        title=_COUNTER.sub("", title) if isinstance(title, str) else "",
        group=len(members) > _PAIR,
    )
    yield _conversation.thread(head, "", key, senders)
    if messages:
        party = partial(_conversation.party, key=key, group=head.group)
        yield _message_frame.event_frame(messages, places, key, party)
    elif not rejects:
        yield Notice("the chat is empty: the secure storage held no messages of it")
    yield from rejects


def _messages(found: list[object]) -> tuple[list[Message], list[int], list[Reject]]:
    messages, places, rejects = [], [], []
    for index, record in enumerate(found):
        message = _message(record)
        if message is None:
            reason = "not a message: sender, time or text is missing or of another kind"
            rejects.append(Reject(f"messages[{index}]", reason, shorten(to_json(record))))
        else:
            messages.append(message)
            places.append(index)
    return messages, places, rejects


def _message(record: object) -> Message | None:
    """Return a message of this export in the shape of the main one; None if it is not one."""
    if not isinstance(record, dict):
        return None
    sender, at = record.get("senderName"), number(record.get("timestamp"))
    if not isinstance(sender, str) or at is None or abs(at) >= _WIDEST:
        return None
    said, kind = record.get("text"), record.get("type")
    if said is not None and not isinstance(said, str):
        return None
    media = [uri for uri in map(_uri, records(record.get("media"))) if uri is not None]
    link = said if kind == "link" else None
    return Message(
        sender_name=sender,
        timestamp_ms=at,
        content=said,
        is_unsent=record.get("isUnsent") is True or kind == "placeholder",
        photos=media or ([Uri()] if kind == "media" else None),
        share=Share(link) if link else None,
        reactions=[
            one for one in map(_reaction, records(record.get("reactions"))) if one is not None
        ],
    )


def _uri(entry: object) -> Uri | None:
    uri = entry.get("uri") if isinstance(entry, dict) else entry
    return Uri(uri) if isinstance(uri, str) else None


def _reaction(entry: object) -> Reaction | None:
    try:
        return msgspec.convert(entry, Reaction, strict=False)
    except (msgspec.ValidationError, UnicodeEncodeError):
        return None


IMPORTER = Importer(
    name="messenger.secure_storage",
    source="messenger",
    files="<name>_<n>.json in messages.zip",
    yields="end-to-end encrypted chats: messages and reactions",
    identify=is_kind("secure_storage"),
    extract=_extract,
)
