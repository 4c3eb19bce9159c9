"""Messages of one conversation to one frame of events: calls, reactions and platform lines told.

This is the hot loop of the source: one pass over decoded structs fills plain columns, everything
that can be done for a column at once is left to polars, without its query engine, as most
conversations are short and setting up a query takes longer. It reads no file and knows no layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from zlib import crc32

import msgspec
import polars as pl

from notworking.frames import EVENT_SCHEMA, PARTY
from notworking.ingest._mojibake import repair
from notworking.ingest.facebook._system import line_kind, openings
from notworking.ingest.facebook._values import LATEST, SECONDS_BELOW, microseconds
from notworking.records import Events, Party

#: What a column of 64-bit integers can hold; more is damage and goes the tolerant way.
Whole = Annotated[int, msgspec.Meta(ge=-(2**62), le=2**62)]


#: Milliseconds up to this are a plausible time, in no need of a closer look.
_PLAIN_BELOW = LATEST // 1000


class Uri(msgspec.Struct, gc=False):
    """A media file."""

    uri: str = ""


class Share(msgspec.Struct, gc=False):
    """A shared link."""

    link: str | None = None


class Reaction(msgspec.Struct, gc=False):
    """One click on a message; the time is in some exports only, and in seconds."""

    reaction: str = ""
    actor: str = ""
    timestamp: Whole | None = None


class Message(msgspec.Struct, gc=False):
    """The fields of a message that are read; ``timestamp`` (in seconds) is that of spring 2018."""

    sender_name: str = ""
    timestamp_ms: Whole | None = None
    timestamp: Whole | None = None
    content: str | None = None
    type: str | None = None
    is_unsent: bool | None = None
    is_taken_down: bool | None = None
    call_duration: float | None = None
    missed: bool | None = None
    users: list[Any] | None = None
    photos: list[Uri] | None = None
    videos: list[Uri] | None = None
    audio_files: list[Uri] | None = None
    files: list[Uri] | None = None
    gifs: list[Uri] | None = None
    sticker: Uri | None = None
    share: Share | None = None
    reactions: list[Reaction] | None = None


@dataclass(slots=True)
class _Cast:
    """Everybody in a conversation, each resolved once.

    Attributes:
        party: Turns a repaired name into who it stands for.
        position: Raw name to the position in ``parties``.
        starts: Raw name to how platform lines about this sender begin.
    """

    party: Callable[[str], Party]
    position: dict[str, int] = field(default_factory=dict)
    starts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)

    def add(self, raw: str) -> int:
        name = repair(raw)
        self.starts[raw] = openings(name.strip())
        at = self.position[raw] = len(self.parties)
        self.parties.append(self.party(name))
        return at


@dataclass(slots=True)
class _Columns:
    """One value for each message in every list, and the reactions as places of their own.

    ``time`` (milliseconds) and ``check`` (a sum of the words) are what the key is made of.
    """

    sender: list[int]
    kind: list[str]
    time: pl.Series
    check: list[int]
    text: list[str | None]
    reacted: list[int]


def senders(messages: Iterable[Message]) -> list[str]:
    """Return the names of who wrote, repaired, in order of appearance."""
    return [repair(raw) for raw in dict.fromkeys(message.sender_name for message in messages)]


def event_frame(
    messages: list[Message],
    places: Sequence[int] | Sequence[str],
    thread_key: str,
    party: Callable[[str], Party],
) -> Events:
    """Return messages, and after them the reactions to them, as events.

    Args:
        messages: In file order.
        places: For each its position in the file's list, or its place in words.
        thread_key: The conversation's.
        party: Turns a repaired name into who it stands for in this conversation.
    """
    cast = _Cast(party)
    columns = _collect(messages, cast)
    told = {
        "place": _place_column(places),
        "key": _key_column(columns, thread_key),
        "at": _at_column(columns.time),
    }
    author, clicked = _add_reactions(messages, columns, told, cast)
    place, key, at = (told[name].append(clicked[name]) for name in told)
    people = _people(cast.parties)
    size, clicks = len(place), len(author)
    recipients = pl.Series([None], dtype=pl.List(PARTY)).new_from_index(0, size - clicks)
    if clicks:
        alone = people[pl.Series(author, dtype=pl.UInt32)]
        recipients.append(alone.reshape((clicks, 1)).arr.to_list())
    columns_of = {
        "place": place,
        "kind": pl.Series(columns.kind, dtype=pl.String),
        "key": key,
        "party": people[pl.Series(columns.sender, dtype=pl.UInt32)],
        "direction": pl.Series([None], dtype=pl.String).new_from_index(0, size),
        "recipients": recipients,
        "thread_key": pl.Series([thread_key], dtype=pl.String).new_from_index(0, size),
        "thread_size": pl.Series([None], dtype=pl.Int32).new_from_index(0, size),
        "at": at.cast(EVENT_SCHEMA["at"]),
        "text": pl.Series(columns.text, dtype=pl.String),
        "one_click": pl.Series([False] * (size - clicks) + [True] * clicks, dtype=pl.Boolean),
    }
    return Events(pl.DataFrame(columns_of))


def _place_column(places: Sequence[int] | Sequence[str]) -> pl.Series:
    told = pl.Series(list(places))
    if told.dtype == pl.String:
        return told
    return pl.Series(["messages["]) + told.cast(pl.String) + "]"


def _key_column(columns: _Columns, thread_key: str) -> pl.Series:
    """Return the keys of the messages. Text is put together in whole columns: it is dear singly."""
    times = columns.time.cast(pl.String)
    checks = pl.Series(columns.check, dtype=pl.Int64).cast(pl.String)
    keys = pl.Series([f"{thread_key}|"]) + times + "|" + checks
    if keys.n_unique() == len(keys):
        return keys
    return pl.Series(_numbered(keys.to_list()), dtype=pl.String)


def _at_column(times: pl.Series) -> pl.Series:
    """Return the times in microseconds; None for what is none."""
    if times.is_between(SECONDS_BELOW, _PLAIN_BELOW, closed="none").all():
        return times * 1000
    return pl.Series([microseconds(at) for at in times.to_list()], dtype=pl.Int64)


def _people(parties: list[Party]) -> pl.Series:
    keys = pl.Series("key", [one.key for one in parties], dtype=pl.String)
    names = pl.Series("name", [one.name for one in parties], dtype=pl.String)
    return pl.DataFrame([keys, names]).to_struct("party")


def _collect(messages: list[Message], cast: _Cast) -> _Columns:
    """Fill the columns: the common case for all at once, then what differs from it."""
    names = [message.sender_name for message in messages]
    for raw in dict.fromkeys(names):
        cast.add(raw)
    starts = cast.starts
    initials = {start[0] for raw in starts for start in starts[raw]}
    kinds = ["message"] * len(messages)
    texts, checks = _words(messages)
    reacted: list[int] = []
    for row, message in enumerate(messages):
        text = texts[row]
        # The common case is told here: a call for each message would cost a third of the loop.
        if (
            not text
            or message.call_duration is not None
            or message.is_unsent
            or message.is_taken_down
            or message.missed
            or message.type is not None
            or message.users
            or (text[0] in initials and text.startswith(starts[names[row]]))
        ):
            kinds[row], texts[row] = _told(message, text, starts[names[row]])
        if message.reactions:
            reacted.append(row)
    position = cast.position
    senders_at = [position[raw] for raw in names]
    return _Columns(senders_at, kinds, _milliseconds(messages), checks, texts, reacted)


def _words(messages: list[Message]) -> tuple[list[str | None], list[int]]:
    """Return the text of every message, repaired, and a sum of it, or of what was sent instead.

    The sum only has to tell messages of one millisecond apart, so a short one does.
    """
    texts: list[str | None] = []
    checks: list[int] = []
    for message in messages:
        text, data = message.content, b""
        if not text:
            pass
        elif "\x00" in text:
            text = repair(text)
            data = text.encode()
        elif text.isascii():
            data = text.encode()
        else:
            # Not left to a call: the bytes of a damaged text are those of the repaired one.
            try:
                data = text.encode("latin-1")
                text = data.decode()
            except UnicodeError:
                text = repair(text)
                data = text.encode()
        texts.append(text)
        checks.append(crc32(data or _first_uri(message).encode()))
    return texts, checks


def _milliseconds(messages: list[Message]) -> pl.Series:
    times = pl.Series([message.timestamp_ms for message in messages], dtype=pl.Int64)
    if times.null_count():
        early = pl.Series([_early(message.timestamp) for message in messages], dtype=pl.Int64)
        times = times.zip_with(times.is_not_null(), early)
    return times


def _numbered(keys: list[str]) -> list[str]:
    """Mark the second and later ones of equal keys with ``#2``, ``#3`` ..."""
    if len(set(keys)) == len(keys):
        return keys
    seen: Counter[str] = Counter()
    for row, key in enumerate(keys):
        seen[key] += 1
        if seen[key] > 1:
            keys[row] = f"{key}#{seen[key]}"
    return keys


def _add_reactions(
    messages: list[Message], columns: _Columns, told: dict[str, pl.Series], cast: _Cast
) -> tuple[list[int], dict[str, pl.Series]]:
    """Append the reactions to the columns; return whose messages they are to, and what is told.

    Args:
        messages: In file order.
        columns: What is appended to.
        told: The messages' ``place``, ``key`` and ``at``.
        cast: Everybody in the conversation; who only reacts is added.
    """
    author: list[int] = []
    keys: list[str] = []
    wheres: list[str] = []
    ats: list[int | None] = []
    emojis: dict[str, str] = {}
    rows = pl.Series(columns.reacted, dtype=pl.UInt32)
    known = zip(columns.reacted, *(one[rows].to_list() for one in told.values()), strict=True)
    for row, where, named, at in known:
        sender = columns.sender[row]
        for index, one in enumerate(messages[row].reactions or ()):
            actor = cast.position.get(one.actor)
            if actor is None:
                actor = cast.add(one.actor)
            emoji = emojis.get(one.reaction)
            if emoji is None:
                emoji = emojis[one.reaction] = repair(one.reaction)
            author.append(sender)
            keys.append(f"{named}|{cast.parties[actor].name or ''}|{emoji}")
            wheres.append(f"{where}.reactions[{index}]")
            columns.sender.append(actor)
            ats.append(microseconds(one.timestamp) or at if one.timestamp else at)
            columns.text.append(emoji)
    columns.kind += ["reaction"] * len(keys)
    clicked = {
        "place": pl.Series(wheres, dtype=pl.String),
        "key": pl.Series(_numbered(keys), dtype=pl.String),
        "at": pl.Series(ats, dtype=pl.Int64),
    }
    return author, clicked


def _early(seconds: int | None) -> int:
    """Return the time of a message of spring 2018 in milliseconds."""
    at = seconds or 0
    return at * 1000 if abs(at) < SECONDS_BELOW else at


def _first_uri(message: Message) -> str:
    """Return the file name of the first attachment: its folder differs between exports."""
    groups = (message.photos, message.videos, message.audio_files, message.files, message.gifs)
    for media in groups:
        if media:
            return repair(media[0].uri).rsplit("/", 1)[-1]
    if message.sticker is not None:
        return repair(message.sticker.uri).rsplit("/", 1)[-1]
    return repair(message.share.link or "") if message.share is not None else ""


def _told(message: Message, content: str | None, starts: tuple[str, ...]) -> tuple[str, str | None]:
    """Return what a message is, and its text."""
    if message.is_unsent or message.is_taken_down:
        return "system", None
    if message.call_duration is not None or message.missed or message.type == "Call":
        missed = message.missed or message.call_duration == 0
        return "call", "missed" if missed else None
    if message.users or message.type in ("Subscribe", "Unsubscribe"):
        return "system", content
    if not content:
        return ("message" if _has_media(message) else "system"), None
    line = line_kind(content, starts) if content.startswith(starts) else None
    if line is None:
        return "message", content
    return ("system", content) if line == "system" else ("message", None)


def _has_media(message: Message) -> bool:
    return bool(
        message.photos
        or message.videos
        or message.audio_files
        or message.files
        or message.gifs
        or message.sticker is not None
        or message.share is not None
    )
