"""WhatsApp's "Export chat": one file, one chat (``WhatsApp Chat with Ana.txt``, ``_chat.txt``).

Read are the files of Android and iPhone in every order of date and clock that is known. Times are
the phone's local ones without a zone, and are kept as if they were UTC. Who of the authors is the
owner is told only by a chat of two that is named after the other one; other messages have no
direction here. The file shows no reactions and no members who never wrote; media are not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import md5
from itertools import islice

from notworking.frames import as_frame
from notworking.ingest._repeats import Repeats
from notworking.ingest._whatsapp_lines import Chat, Message, count_heads, decode, read, survey
from notworking.ingest._whatsapp_words import is_about_a_group, plain, told
from notworking.ingest.importer import Content, Importer, base_name, content_key, to_json
from notworking.records import Contact, Event, Notice, Party, Point, Record, Reject, Thread

_NAMED = re.compile(r"whatsapp|^_chat(?: \(\d+\))?\.txt$", re.IGNORECASE)
_TITLE = re.compile(
    r"(?=.*\b(?:chatt?|discussion|conversa|czat|чат)\b)"
    r".*?whatsapp.*?(?:\s|-)(?:with|mit|con|avec|com|met|med|z|с|-)\s+"
    r"(?:el grupo |il gruppo |контактом |группой )?(.+)",
    re.IGNORECASE | re.DOTALL,
)
_TITLE_BEFORE = re.compile(r"[与與](.+)的\s?whatsapp|(.+) ile whatsapp", re.IGNORECASE)
_SECOND_DOWNLOAD = re.compile(r" ?\(\d+\)$")
_NUMBER = re.compile(r"\+?[\d\s().\u00a0\u2011-]{7,25}")
_ATTACHED = re.compile(r"<[^<>:\n]{2,25}: ?[^<>\n]+\.\w{2,5}>|\.\w{2,5} \([^()\n]{4,40}\)$", re.M)
#: WhatsApp exports no more than the latest messages: so many without media, so many with.
_MOST, _MOST_WITH_MEDIA = 40_000, 10_000
_NEAR = 5
#: Bytes of a file whose messages are held; a larger one is read again for every step.
_HELD = 32 << 20
_CHUNK = 20_000


@dataclass(slots=True)
class _Talk:
    """A chat as a whole.

    Attributes:
        group: Whether a line says so, or there are more than two authors.
        places: Line on which each author comes first.
        writers: Who wrote or called, in this order.
        other: In a chat of two, the author who is not the owner, where that is sure.
        count: Messages and lines of the platform.
    """

    title: str | None
    group: bool = False
    places: dict[str, int] = field(default_factory=dict)
    writers: dict[str, None] = field(default_factory=dict)
    other: str | None = None
    key: str = ""
    count: int = 0
    media: bool = False
    began: datetime | None = None


def identify(path: str, head: bytes) -> bool:
    """Tell whether a text file is a chat: by its name, or by several lines that begin messages."""
    name = base_name(path)
    if not name.endswith(".txt"):
        return False
    # Address books are shared in such files too.
    if head.lstrip().startswith(b"BEGIN:"):
        return False
    return _NAMED.search(name) is not None or count_heads(decode(head)[:8000]) > 1


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield the chat with its members, its messages, and what is uncertain about them."""
    chat = survey(content)
    lines: Iterable[Message | Reject] = () if chat is None else _Again(chat)
    if content.size < _HELD:
        lines = list(lines)
    talk = _talk(lines, path)
    if chat is None or not talk.count:
        rejects = [line for line in lines if isinstance(line, Reject)]
        reason = "no message in it: no line begins with a date and a time"
        yield from rejects or [Reject("file", reason)]
        return
    yield _thread(talk)
    events = _events(talk, (line for line in lines if isinstance(line, Message)))
    while some := list(islice(events, _CHUNK)):
        yield as_frame(some)
    yield from _numbers(talk)
    yield from (line for line in lines if isinstance(line, Reject))
    yield from _notices(talk, chat.assumed)


@dataclass(frozen=True, slots=True)
class _Again:
    """The lines of a chat too large to be held, read anew each time they are asked for."""

    chat: Chat

    def __iter__(self) -> Iterator[Message | Reject]:
        return read(self.chat)


def _talk(lines: Iterable[Message | Reject], path: str) -> _Talk:
    talk = _Talk(_title_of_path(path))
    for message in lines:
        if isinstance(message, Reject):
            continue
        kind, text = _what(message)
        author = plain(message.author or "")
        if talk.began is None:
            talk.began = message.at
            # The iPhone gives the chat's name as author of its opening line.
            talk.title = talk.title or (author if kind == "system" else "") or None
        talk.count += 1
        talk.places.setdefault(author, message.line)
        talk.media = talk.media or _ATTACHED.search(message.text) is not None
        if kind == "system":
            talk.group = talk.group or is_about_a_group(text or "")
        elif author:
            talk.writers.setdefault(author)
    if len(talk.writers) > 2 or talk.group:
        talk.group = True
        # A group's own name is no author.
        talk.writers.pop(talk.title or "", None)
    other = next((name for name in talk.writers if _same(name, talk.title)), None)
    talk.other = None if talk.group else other
    mark = talk.title or "|".join(sorted(talk.writers))
    named = f"{'group' if talk.group else 'chat'}|{_letters(mark) or mark}"
    talk.key = content_key(named)
    return talk


def _what(message: Message) -> tuple[str, str | None]:
    if message.author is None:
        return "system", plain(message.text)
    return told(message.text)


def _title_of_path(path: str) -> str | None:
    """Return the name of the chat as the file, or the folder it was unpacked into, has it."""
    for part in reversed(path.split("/")[-2:]):
        stem = part[:-4] if part.lower().endswith((".txt", ".zip")) else part
        stem = _SECOND_DOWNLOAD.sub("", unicodedata.normalize("NFC", stem))
        match = _TITLE.match(stem) or _TITLE_BEFORE.match(stem)
        if match:
            return plain(match[match.lastindex or 0]) or None
    return None


def _letters(name: str) -> str:
    """Return what a file system leaves of a name, for comparing."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).casefold()


def _same(name: str, title: str | None) -> bool:
    return title is not None and (_letters(name) or name) == (_letters(title) or title)


def _party(author: str) -> Party:
    """Return who an author is: a saved name, or the number of somebody who is not saved."""
    if _NUMBER.fullmatch(author):
        return Party("+" + "".join(str(int(sign)) for sign in author if sign.isdecimal()), None)
    return Party(None, author.removeprefix("~").strip() or author)


def _thread(talk: _Talk) -> Thread:
    names = list(talk.writers)
    if talk.title and not talk.group and not any(_same(name, talk.title) for name in names):
        names.append(talk.title)
    flags = ("group",) if talk.group else ()
    return Thread(talk.key, talk.title, tuple(map(_party, names)), flags=flags)


def _events(talk: _Talk, messages: Iterable[Message]) -> Iterator[Event]:
    repeats = Repeats()
    for message in messages:
        kind, text = _what(message)
        author = plain(message.author or "")
        kind = "system" if talk.group and author == talk.title else kind
        # Android writes no seconds: a chat moved between phones keeps its keys without them.
        minute = message.at.isoformat(timespec="minutes").removesuffix("+00:00")
        words = md5((text or "").encode("utf-8", "replace"), usedforsecurity=False)
        key = f"{talk.key}|{minute}|{author}|{words.hexdigest()[:16]}"
        count = repeats.number(f"{kind}|{key}")
        party, direction = _sender(talk, author, kind)
        if direction and kind == "call" and text is None:
            direction = "mutual"
        yield Event(
            place=f"line {message.line}",
            kind=kind,
            key=key if count == 1 else f"{key}#{count}",
            party=party,
            direction=direction,
            thread_key=talk.key,
            at=message.at,
            text=text,
        )


def _sender(talk: _Talk, author: str, kind: str) -> tuple[Party, str | None]:
    if not author or (kind == "system" and author == talk.title):
        return Party(None, None), None
    if talk.other is None or kind == "system":
        return _party(author), None
    return _party(talk.other), "in" if author == talk.other else "out"


def _numbers(talk: _Talk) -> Iterator[Contact]:
    """Yield people who are known by their number only, so that an address book can name them."""
    for author in talk.writers:
        party = _party(author)
        if party.key is not None:
            yield Contact(
                place=f"line {talk.places[author]}",
                relation="correspondent",
                key=party.key,
                raw=to_json({"author": author}),
                points=(Point("phone", author),),
            )


def _notices(talk: _Talk, assumed: str | None) -> Iterator[Notice]:
    yield Notice("the file names no time zone: times are the phone's, kept as if they were UTC")
    if assumed:
        yield Notice(f"day and month could be either way round: taken as {assumed}")
    most = _MOST_WITH_MEDIA if talk.media else _MOST
    full = talk.count >= most - _NEAR or (talk.media and talk.count >= _MOST - _NEAR)
    if full and talk.began is not None:
        yield Notice(
            f"WhatsApp exports only the latest {most:,} messages: the chat began before"
            f" {talk.began.date().isoformat()}"
        )


IMPORTER = Importer(
    name="whatsapp.chat",
    source="whatsapp",
    files="WhatsApp Chat with NAME.txt, _chat.txt",
    yields="one chat: messages and calls, with who wrote",
    identify=identify,
    extract=extract,
)
