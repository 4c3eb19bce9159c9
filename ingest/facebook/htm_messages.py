"""Conversations of exports before 2018: ``html/messages.htm`` and ``messages/<n>.html``.

The text of a message stands behind its header, not inside. There is no thread number: the members
are the key, and a pair may be split over several blocks. Chats with deleted accounts look all
alike and are kept apart by their oldest message. Times are exact to the minute and mostly name
their zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser

from notworking.ingest._json import text_of
from notworking.ingest._markup import plain_markup
from notworking.ingest.facebook import _message_frame
from notworking.ingest.facebook._html_dates import languages, parse
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._message_frame import Message
from notworking.ingest.facebook._values import is_deleted, key_name
from notworking.ingest.facebook.html_friends import fault
from notworking.ingest.facebook.html_messages import split_members
from notworking.ingest.importer import Content, Importer, shorten
from notworking.records import Notice, Party, Record, Reject, Thread

NO_SECONDS = (
    "an HTML page of before 2018: times are exact to the minute; times without a zone are UTC"
)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_CAPTION = re.compile(r"(?:Conversation with|Unterhaltung mit|Chat mit) +", re.IGNORECASE)
_LISTED = re.compile(r"(?:Participants|Teilnehmer|Teilnehmende): *", re.IGNORECASE)
_PAIR = 2


@dataclass(slots=True)
class _Line:
    """One message as printed."""

    place: str
    user: list[str] = field(default_factory=list)
    meta: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Block:
    """One ``thread`` element: the heading of newer pages, the line of names, the messages."""

    title: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)


class _Reader(HTMLParser):
    """Puts each text where the innermost telling element says; end tags hardly matter."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.target: list[str] | None = None
        self.length = 0
        self.linked = False
        self.whole = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # From October 2017 on messages.htm only links to a page for each conversation.
        self.linked = self.linked or (dict(attrs).get("href") or "").startswith("messages/")
        classes = (dict(attrs).get("class") or "").split()
        if "thread" in classes:
            self.blocks.append(_Block())
            self.target = self.blocks[-1].names
        elif not self.blocks:
            return
        elif "message" in classes:
            block = self.blocks[-1]
            place = f"thread {len(self.blocks)}, message {len(block.lines) + 1}"
            block.lines.append(_Line(place))
            self.target = None
        elif tag == "h3":
            self.target = self.blocks[-1].title
        elif self.blocks[-1].lines:
            self._in_message(tag, classes)

    def _in_message(self, tag: str, classes: list[str]) -> None:
        line = self.blocks[-1].lines[-1]
        if "user" in classes:
            self.target = line.user
        elif "meta" in classes:
            self.target = line.meta
        elif tag == "p":
            self.target = line.text
        elif tag == "br" and self.target is line.text:
            line.text.append("\n")
        elif "footer" in classes:
            self.target = None

    def handle_endtag(self, tag: str) -> None:
        self.whole = self.whole or tag in ("body", "html")
        if tag == "h3" and self.blocks:
            self.target = self.blocks[-1].names
        elif tag in ("p", "span"):
            self.target = None

    def handle_data(self, data: str) -> None:
        self.length += len(data)
        if self.target is not None:
            self.target.append(data)


def _extract(content: Content, path: str) -> Iterator[Record]:
    reader = _Reader()
    reader.feed(plain_markup(text_of(content.read())))
    reader.close()
    dates = ("".join(line.meta) for block in reader.blocks for line in block.lines)
    spoken = languages(dates)
    chats: dict[str, tuple[list[str], list[Message], list[str]]] = {}
    for block in reader.blocks:
        messages, places, rejects = _messages(block, spoken)
        yield from rejects
        names = _members(block, messages)
        key = _key(names, messages)
        known = chats.setdefault(key, (names, [], []))
        known[1].extend(messages)
        known[2].extend(places)
    for key, (names, messages, places) in chats.items():
        group = len(names) > _PAIR
        party = partial(_party, key=key, group=group)
        members = dict.fromkeys(party(name) for name in names)
        members.pop(Party(None, None), None)
        yield Thread(key, None, tuple(members), None, ("group",) if group else ())
        if messages:
            yield _message_frame.event_frame(messages, places, key, party)
    if chats:
        yield Notice(NO_SECONDS)
    found = bool(chats) or reader.linked
    wrong = fault(whole=reader.whole, length=reader.length, found=found)
    if wrong is not None:
        yield wrong


def _messages(
    block: _Block, spoken: frozenset[str]
) -> tuple[list[Message], list[str], list[Reject]]:
    messages, places, rejects = [], [], []
    for line in block.lines:
        at = parse(_joined(line.meta), spoken)
        if at is None:
            raw = " | ".join((_joined(line.user), _joined(line.meta), _joined(line.text)))
            rejects.append(Reject(line.place, "message without a date", shorten(raw)))
            continue
        text = "".join(line.text).strip()
        millis = int(at.timestamp()) * 1000
        # An empty paragraph stands for a picture or another attachment: still a message.
        attachment = None if text else [_message_frame.Uri()]
        messages.append(
            Message(
                sender_name=_joined(line.user),
                timestamp_ms=millis,
                content=text or None,
                photos=attachment,
            )
        )
        places.append(line.place)
    return messages, places, rejects


def _joined(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


def _members(block: _Block, messages: list[Message]) -> list[str]:
    """Return who takes part: as listed, else as in the heading, and everybody who wrote."""
    senders = _message_frame.senders(messages)
    listed = _LISTED.sub("", _joined(block.names)) or _CAPTION.sub("", _joined(block.title))
    return list(dict.fromkeys([*split_members(listed, senders), *senders]))


def _key(names: list[str], messages: list[Message]) -> str:
    key = "participants:" + "|".join(sorted({key_name(name) for name in names}))
    if any(map(is_deleted, names)) and len(names) <= _PAIR and messages:
        return f"{key}|{min(message.timestamp_ms or 0 for message in messages)}"
    return key


def _party(name: str, key: str, group: bool) -> Party:
    if is_deleted(name):
        return Party(None, None) if group else Party(f"thread:{key}", None)
    return Party(name.lower(), None) if _ADDRESS.fullmatch(name) else Party(None, name)


IMPORTER = Importer(
    name="facebook.htm_messages",
    source="facebook",
    files="messages.htm, messages/<n>.html",
    yields="conversations of exports before 2018",
    identify=is_kind("htm_messages"),
    extract=_extract,
)
