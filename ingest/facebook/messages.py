"""Conversations of Messenger in the JSON export: ``messages/<folder>/<thread>/message_<n>.json``.

Read: every folder (inbox, archived, filtered, requests, and ``e2ee_cutover``, where the history up
to the move into encryption lies), the layout without folder and number of spring 2018, and chats
of groups (``your_group_messages``). Each file stands alone: its conversation, then one frame of
events. A file with a field of an unexpected type, or cut off, is read record by record. Media are
not read; later encrypted messages are only in the secure-storage export.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from notworking.ingest._json import load_raw, text_of
from notworking.ingest.facebook import _conversation, _message_frame
from notworking.ingest.facebook._conversation import Head
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._message_frame import Message
from notworking.ingest.facebook._values import fields, number, records
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.records import Notice, Record, Reject

CUTOVER = (
    "chat moved into end-to-end encryption; later messages are only in the secure-storage export"
)
_WIDEST = 2**62


class _Member(msgspec.Struct, gc=False):
    name: str = ""


class _Thread(msgspec.Struct, gc=False):
    messages: list[Message]
    participants: list[_Member] = []
    title: str | None = None
    thread_name: str | None = None
    thread_path: str | None = None
    thread_type: str | None = None
    is_still_participant: bool | None = None
    is_pending: bool | None = None
    joinable_mode: msgspec.Raw | None = None
    image: msgspec.Raw | None = None


_DECODER = msgspec.json.Decoder(_Thread)
_MESSAGE_FIELDS = frozenset(Message.__struct_fields__)


def _extract(content: Content, path: str) -> Iterator[Record]:
    data = content.read().removeprefix(b"\xef\xbb\xbf")
    try:
        decoded = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        decoded = None
    if decoded is None or any(not m.sender_name and not _is_message(m) for m in decoded.messages):
        yield from _salvage(text_of(data), path)
        return
    head = Head(
        members=tuple(member.name for member in decoded.participants),
        title=decoded.title or decoded.thread_name or "",
        thread_path=decoded.thread_path or "",
        left=decoded.is_still_participant is False,
        pending=bool(decoded.is_pending),
        group=decoded.thread_type == "RegularGroup"
        or decoded.joinable_mode is not None
        or decoded.image is not None,
    )
    yield from _conversation_records(head, decoded.messages, range(len(decoded.messages)), path)


def _is_message(message: Message) -> bool:
    return bool(message.sender_name or message.timestamp_ms or message.timestamp)


def _conversation_records(
    head: Head, messages: list[Message], places: list[int] | range, path: str
) -> Iterator[Record]:
    senders = _message_frame.senders(messages)
    key = _conversation.thread_key(head, path, senders)
    thread = _conversation.thread(head, path, key, senders)
    yield thread
    if messages:
        party = partial(_conversation.party, key=key, group="group" in thread.flags)
        yield _message_frame.event_frame(messages, places, key, party)
    if "cutover" in thread.flags:
        yield Notice(CUTOVER)


def _salvage(text: str, path: str) -> Iterator[Record]:
    """Read what can be read of a file that is not as expected, message by message."""
    value, damage = load_raw(text)
    thread = fields(value)
    found = thread.get("messages")
    if isinstance(value, dict) and isinstance(found, list):
        messages, places, rejects = _convert(found)
        yield from _conversation_records(_loose_head(thread), messages, places, path)
        yield from rejects
    elif damage is None or value is not None:
        raw = shorten(to_json(value))
        yield Reject("file", "not a conversation: no list of messages in it", raw)
    if damage is not None:
        yield damage


def _convert(found: list[object]) -> tuple[list[Message], list[int], list[Reject]]:
    messages, places, rejects = [], [], []
    for index, record in enumerate(found):
        try:
            message = msgspec.convert(_loose(record), Message, strict=False)
            reason = "" if _is_message(message) else "it has neither sender nor time"
        except msgspec.ValidationError as error:
            reason = str(error)
        except UnicodeEncodeError:
            reason = "a number is written in characters that are none"
        if reason:
            raw = shorten(to_json(record))
            rejects.append(Reject(f"messages[{index}]", f"not a message: {reason}", raw))
        else:
            messages.append(message)
            places.append(index)
    return messages, places, rejects


def _loose(record: object) -> object:
    """Return a message with only the fields that are read, and times that fit a column."""
    if not isinstance(record, dict):
        return record
    kept = {name: value for name, value in record.items() if name in _MESSAGE_FIELDS}
    for name in ("timestamp_ms", "timestamp"):
        if name in kept:
            count = number(kept[name])
            kept[name] = count if count is not None and abs(count) < _WIDEST else None
    return kept


def _loose_head(thread: dict[str, object]) -> Head:
    members = (fields(member).get("name") for member in records(thread.get("participants")))
    title = thread.get("title") or thread.get("thread_name")
    place = thread.get("thread_path")
    return Head(
        members=tuple(name for name in members if isinstance(name, str)),
        title=title if isinstance(title, str) else "",
        thread_path=place if isinstance(place, str) else "",
        left=thread.get("is_still_participant") is False,
        pending=thread.get("is_pending") is True,
        group=thread.get("thread_type") == "RegularGroup"
        or thread.get("joinable_mode") is not None
        or thread.get("image") is not None,
    )


IMPORTER = Importer(
    name="facebook.messages",
    source="facebook",
    files="messages/<folder>/<thread>/message_1.json ...",
    yields="conversations: messages, calls and reactions, with who is in them",
    identify=is_kind("messages"),
    extract=_extract,
)
