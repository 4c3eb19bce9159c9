"""WhatsApp's "Export chat": one file, one chat (``WhatsApp Chat with Ana.txt``, ``_chat.txt``).

Read are the files of Android and iPhone in every order of date and clock that is known. Times are
the phone's local ones without a zone, and are kept as if they were UTC. Who of the authors is the
owner is told only by a chat of two that is named after the other one; other messages have no
direction here. The file shows no reactions and no members who never wrote; media are not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import md5

from notworking.frames import as_frame
from notworking.ingest._whatsapp_lines import Chat, Message, count_heads, decode, read
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A message with what it turned out to be."""

    message: Message
    kind: str
    text: str | None


@dataclass(frozen=True, slots=True)
class _Talk:
    """A chat as a whole.

    Attributes:
        other: In a chat of two, the author who is not the owner, where that is sure.
    """

    key: str
    title: str | None
    group: bool
    authors: tuple[str, ...]
    other: str | None
    lines: list[_Line] = field(repr=False)


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
    chat = read(decode(content.read()))
    if not chat.messages:
        yield from chat.rejects or [
            Reject("file", "no message in it: no line begins with a date and a time")
        ]
        return
    talk = _talk(chat.messages, path)
    yield _thread(talk)
    yield as_frame(_events(talk))
    yield from _numbers(talk)
    yield from chat.rejects
    yield from _notices(chat, talk)


def _talk(messages: list[Message], path: str) -> _Talk:
    lines = [_Line(message, *_what(message)) for message in messages]
    title = _title_of_path(path) or _title_of_first_line(lines[0])
    group = any(line.kind == "system" and is_about_a_group(line.text or "") for line in lines)
    authors = _authors(lines, None)
    if len(authors) > 2 or group:
        group, authors = True, _authors(lines, title)
    other = next((name for name in authors if _same(name, title)), None)
    mark = title or "|".join(sorted(authors))
    key = content_key(f"{'group' if group else 'chat'}|{_letters(mark) or mark}")
    alone = other is not None and not group
    return _Talk(key, title, group, authors, other if alone else None, lines)


def _what(message: Message) -> tuple[str, str | None]:
    if message.author is None:
        return "system", plain(message.text)
    return told(message.text)


def _authors(lines: list[_Line], but: str | None) -> tuple[str, ...]:
    """Return who wrote or called; a group's own name is none of them."""
    names = (plain(line.message.author or "") for line in lines if line.kind != "system")
    return tuple(dict.fromkeys(name for name in names if name and (but is None or name != but)))


def _title_of_path(path: str) -> str | None:
    """Return the name of the chat as the file, or the folder it was unpacked into, has it."""
    for part in reversed(path.split("/")[-2:]):
        stem = part[:-4] if part.lower().endswith((".txt", ".zip")) else part
        stem = _SECOND_DOWNLOAD.sub("", unicodedata.normalize("NFC", stem))
        match = _TITLE.match(stem) or _TITLE_BEFORE.match(stem)
        if match:
            return plain(match[match.lastindex or 0]) or None
    return None


def _title_of_first_line(line: _Line) -> str | None:
    """Return the name that the iPhone gives as author of a chat's opening line."""
    author = line.message.author
    return plain(author) or None if author and line.kind == "system" else None


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
    names = list(talk.authors)
    if talk.title and not talk.group and not any(_same(name, talk.title) for name in names):
        names.append(talk.title)
    flags = ("group",) if talk.group else ()
    return Thread(talk.key, talk.title, tuple(map(_party, names)), flags=flags)


def _events(talk: _Talk) -> Iterator[Event]:
    seen: Counter[str] = Counter()
    for line in talk.lines:
        message = line.message
        author = plain(message.author or "")
        kind = "system" if talk.group and author == talk.title else line.kind
        # Android writes no seconds: a chat moved between phones keeps its keys without them.
        minute = message.at.strftime("%Y-%m-%dT%H:%M")
        words = md5((line.text or "").encode("utf-8", "replace"), usedforsecurity=False)
        key = f"{talk.key}|{minute}|{author}|{words.hexdigest()[:16]}"
        seen[f"{kind}|{key}"] += 1
        count = seen[f"{kind}|{key}"]
        party, direction = _sender(talk, author, kind)
        if direction and kind == "call" and line.text is None:
            direction = "mutual"
        yield Event(
            place=f"line {message.line}",
            kind=kind,
            key=key if count == 1 else f"{key}#{count}",
            party=party,
            direction=direction,
            thread_key=talk.key,
            at=message.at,
            text=line.text,
        )


def _sender(talk: _Talk, author: str, kind: str) -> tuple[Party, str | None]:
    if not author or (kind == "system" and author == talk.title):
        return Party(None, None), None
    if talk.other is None or kind == "system":
        return _party(author), None
    return _party(talk.other), "in" if author == talk.other else "out"


def _numbers(talk: _Talk) -> Iterator[Contact]:
    """Yield people who are known by their number only, so that an address book can name them."""
    first = {plain(line.message.author or ""): line.message.line for line in reversed(talk.lines)}
    for author in talk.authors:
        party = _party(author)
        if party.key is not None:
            yield Contact(
                place=f"line {first[author]}",
                relation="correspondent",
                key=party.key,
                raw=to_json({"author": author}),
                points=(Point("phone", author),),
            )


def _notices(chat: Chat, talk: _Talk) -> Iterator[Notice]:
    yield Notice("the file names no time zone: times are the phone's, kept as if they were UTC")
    if chat.assumed:
        yield Notice(f"day and month could be either way round: taken as {chat.assumed}")
    count = len(chat.messages)
    media = any(_ATTACHED.search(message.text) for message in chat.messages)
    most = _MOST_WITH_MEDIA if media else _MOST
    if count >= most - _NEAR or (media and count >= _MOST - _NEAR):
        yield Notice(
            f"WhatsApp exports only the latest {most:,} messages: the chat began before"
            f" {chat.messages[0].at.date().isoformat()}"
        )


IMPORTER = Importer(
    name="whatsapp.chat",
    source="whatsapp",
    files="WhatsApp Chat with NAME.txt, _chat.txt",
    yields="one chat: messages and calls, with who wrote",
    identify=identify,
    extract=extract,
)
