"""Messages of one conversation to one frame of events: calls, reactions and platform lines told.

This is the hot loop of the source: one pass over decoded structs fills plain columns, everything
that can be done for a column at once is left to polars, without its query engine, as most
conversations are short and setting up a query takes longer. It reads no file and knows no layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
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
    """One value for each message in every list, and the reactions as places of their own."""

    sender: list[int]
    kind: list[str]
    key: list[str]
    at: list[int | None]
    text: list[str | None]
    reacted: list[int]


def senders(messages: Iterable[Message]) -> list[str]:
    """Return the names of who wrote, repaired, in order of appearance."""
    return [repair(raw) for raw in dict.fromkeys(message.sender_name for message in messages)]


def event_frame(
    messages: list[Message],
    places: Iterable[int] | Iterable[str],
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
    columns = _collect(messages, cast, thread_key)
    number_repeats(columns.key)
    place = [f"messages[{at}]" if isinstance(at, int) else at for at in places]
    author = _add_reactions(messages, columns, place, cast)
    people = _people(cast.parties)
    size, clicks = len(place), len(author)
    recipients = pl.Series([None], dtype=pl.List(PARTY)).new_from_index(0, size - clicks)
    if clicks:
        alone = people.reshape((len(people), 1)).arr.to_list()
        recipients.append(alone[pl.Series(author, dtype=pl.UInt32)])
    columns_of = {
        "place": pl.Series(place, dtype=pl.String),
        "kind": pl.Series(columns.kind, dtype=pl.String),
        "key": pl.Series(columns.key, dtype=pl.String),
        "party": people[pl.Series(columns.sender, dtype=pl.UInt32)],
        "direction": pl.Series([None], dtype=pl.String).new_from_index(0, size),
        "recipients": recipients,
        "thread_key": pl.Series([thread_key], dtype=pl.String).new_from_index(0, size),
        "thread_size": pl.Series([None], dtype=pl.Int32).new_from_index(0, size),
        "at": pl.Series(columns.at, dtype=pl.Int64).cast(EVENT_SCHEMA["at"]),
        "text": pl.Series(columns.text, dtype=pl.String),
        "one_click": pl.Series([False] * (size - clicks) + [True] * clicks, dtype=pl.Boolean),
    }
    return Events(pl.DataFrame(columns_of))


def _people(parties: list[Party]) -> pl.Series:
    keys = pl.Series("key", [one.key for one in parties], dtype=pl.String)
    names = pl.Series("name", [one.name for one in parties], dtype=pl.String)
    return pl.DataFrame([keys, names]).to_struct("party")


def _collect(messages: list[Message], cast: _Cast, thread_key: str) -> _Columns:
    """Fill the columns: the common case for all at once, then what differs from it."""
    names = [message.sender_name for message in messages]
    for raw in dict.fromkeys(names):
        cast.add(raw)
    starts = cast.starts
    initials = {start[0] for raw in starts for start in starts[raw]}
    times = _milliseconds(messages)
    kinds = ["message"] * len(messages)
    texts = [message.content for message in messages]
    keys: list[str] = []
    reacted: list[int] = []
    for row, message in enumerate(messages):
        text = texts[row]
        if text and ("\x00" in text or not text.isascii()):
            texts[row] = text = repair(text)
        # The sum only has to tell messages of one millisecond apart, so a short one does.
        named = text or _first_uri(message)
        keys.append(f"{thread_key}|{times[row]}|{crc32(named.encode())}")
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
    ats = [at * 1000 if SECONDS_BELOW < at < _PLAIN_BELOW else microseconds(at) for at in times]
    position = cast.position
    return _Columns([position[raw] for raw in names], kinds, keys, ats, texts, reacted)


def _milliseconds(messages: list[Message]) -> list[int]:
    times = [message.timestamp_ms for message in messages]
    return [
        _early(message.timestamp) if at is None else at
        for at, message in zip(times, messages, strict=True)
    ]


def number_repeats(keys: list[str]) -> None:
    """Mark the second and later ones of equal keys with ``#2``, ``#3`` ..., in place."""
    if len(set(keys)) == len(keys):
        return
    seen: Counter[str] = Counter()
    for row, key in enumerate(keys):
        seen[key] += 1
        if seen[key] > 1:
            keys[row] = f"{key}#{seen[key]}"


def _add_reactions(
    messages: list[Message], columns: _Columns, place: list[str], cast: _Cast
) -> list[int]:
    """Append the reactions to the columns; return whose message each is to."""
    author: list[int] = []
    keys: list[str] = []
    emojis: dict[str, str] = {}
    for row in columns.reacted:
        key, at, sender, where = columns.key[row], columns.at[row], columns.sender[row], place[row]
        for index, one in enumerate(messages[row].reactions or ()):
            actor = cast.position.get(one.actor)
            if actor is None:
                actor = cast.add(one.actor)
            emoji = emojis.get(one.reaction)
            if emoji is None:
                emoji = emojis[one.reaction] = repair(one.reaction)
            author.append(sender)
            keys.append(f"{key}|{cast.parties[actor].name or ''}|{emoji}")
            place.append(f"{where}.reactions[{index}]")
            columns.sender.append(actor)
            columns.at.append(microseconds(one.timestamp) or at if one.timestamp else at)
            columns.text.append(emoji)
    number_repeats(keys)
    columns.key += keys
    columns.kind += ["reaction"] * len(keys)
    return author


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
