"""Messages of one conversation to one frame of events: calls, reactions and platform lines told.

This is the hot loop of the source: one pass over decoded structs fills plain columns, everything
that can be done for a column at once is left to polars, without its query engine, as most
conversations are short and setting up a query takes longer. It reads no file and knows no layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import md5
from typing import Annotated, Any

import msgspec
import polars as pl

from notworking.ingest._mojibake import repair
from notworking.ingest.facebook._system import line_kind, openings
from notworking.ingest.facebook._values import LATEST, SECONDS_BELOW, microseconds
from notworking.ingest.frames import EVENT_SCHEMA, PARTY
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
    """Everybody in a conversation, each resolved once: position, and how platform lines begin."""

    party: Callable[[str], Party]
    known: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)

    def add(self, raw: str) -> tuple[int, tuple[str, ...]]:
        name = repair(raw)
        entry = self.known[raw] = (len(self.parties), openings(name.strip()))
        self.parties.append(self.party(name))
        return entry


@dataclass(slots=True)
class _Columns:
    """One value for each message in every list, and the reactions as places of their own."""

    sender: list[int] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    key: list[str] = field(default_factory=list)
    at: list[int | None] = field(default_factory=list)
    text: list[str | None] = field(default_factory=list)
    reacted: list[int] = field(default_factory=list)


def senders(messages: Iterable[Message]) -> list[str]:
    """Return the names of who wrote, repaired, in order of appearance."""
    return [repair(raw) for raw in dict.fromkeys(message.sender_name for message in messages)]


def event_frame(
    messages: list[Message],
    places: list[int] | range,
    thread_key: str,
    party: Callable[[str], Party],
) -> Events:
    """Return messages, and after them the reactions to them, as events.

    Args:
        messages: In file order.
        places: For each its position in the file's list.
        thread_key: The conversation's.
        party: Turns a repaired name into who it stands for in this conversation.
    """
    cast = _Cast(party)
    columns = _collect(messages, cast, thread_key)
    number_repeats(columns.key)
    place = [f"messages[{index}]" for index in places]
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
    columns = _Columns()
    known = cast.known
    add_sender, add_kind, add_at = columns.sender.append, columns.kind.append, columns.at.append
    add_key, add_text = columns.key.append, columns.text.append
    for row, message in enumerate(messages):
        who, starts = known.get(message.sender_name) or cast.add(message.sender_name)
        add_sender(who)
        at = message.timestamp_ms
        if at is None:
            at = _early(message.timestamp)
        add_at(at * 1000 if SECONDS_BELOW < at < _PLAIN_BELOW else microseconds(at))
        content = message.content
        if content:
            content = repair(content)
        named = content or _first_uri(message)
        add_key(f"{thread_key}|{at}|{md5(named.encode(), usedforsecurity=False).hexdigest()[:16]}")
        kind, text = _told(message, content, starts)
        add_kind(kind)
        add_text(text)
        if message.reactions:
            columns.reacted.append(row)
    return columns


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
    author, keys = [], []
    for row in columns.reacted:
        for index, one in enumerate(messages[row].reactions or ()):
            actor = (cast.known.get(one.actor) or cast.add(one.actor))[0]
            emoji = repair(one.reaction)
            author.append(columns.sender[row])
            keys.append(f"{columns.key[row]}|{cast.parties[actor].name or ''}|{emoji}")
            place.append(f"{place[row]}.reactions[{index}]")
            columns.sender.append(actor)
            columns.at.append(microseconds(one.timestamp) or columns.at[row])
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
    line = line_kind(content) if content.startswith(starts) else None
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
