"""Conversations of HTML exports, from 2018 on: ``messages/<folder>/<thread>/message_<n>.html``.

A row is sender, text and date; pictures and reactions stand between. Times carry no zone and are
read as UTC. Calls, withdrawn messages and group changes have no field here and are told by their
wording, in English and German. Earlier pages (``messages.htm``) belong to ``htm_messages``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from notworking.ingest._json import text_of
from notworking.ingest.facebook import _conversation, _message_frame
from notworking.ingest.facebook._conversation import Head
from notworking.ingest.facebook._html_dates import parse
from notworking.ingest.facebook._html_page import Row, read_page
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._message_frame import Message, Reaction, Uri
from notworking.ingest.facebook._system import openings
from notworking.ingest.facebook.html_friends import NO_ZONE, page_fault
from notworking.ingest.facebook.messages import CUTOVER
from notworking.ingest.importer import Content, Importer, shorten
from notworking.records import Notice, Record, Reject

_MEMBERS = re.compile(r"[^\W\d_][\w ]{3,24}: ?(\S.*)", re.DOTALL)
_AND = re.compile(r",? (?:and|und|et|y|e|en|och|og|ja|i|a|и|és|ir|ve) |, ")
_REACTION = re.compile(r"([^\w\s(]+)\s*(\S.*?)\s*(?:\([^()]*\d{4}[^()]*\))?", re.DOTALL)
_LONGEST_REACTION = 200
_CALL = re.compile(
    r"(?:you called .+|.+ called you|you missed an? (?:video |audio )?call from .+"
    r"|.+ missed your (?:video |audio )?call|the (?:video |audio )?call ended"
    r"|du hast .+ angerufen|.+ hat dich angerufen|du hast einen (?:video)?anruf von .+ verpasst"
    r"|.+ hat deinen (?:video)?anruf verpasst)\.?(?:\n.*)?",
    re.IGNORECASE,
)
_MISSED = re.compile(r"missed|verpasst", re.IGNORECASE)
_UNSENT = re.compile(
    r"(?:.+ unsent a message|you unsent a message|.+ (?:hat|hast) eine nachricht "
    r"(?:zurückgezogen|zurückgenommen|gelöscht|entfernt))\.?",
    re.IGNORECASE,
)


def _extract(content: Content, path: str) -> Iterator[Record]:
    page = read_page(text_of(content.read()))
    rows = list(page.rows)
    spoken = page.spoken()
    listed = _member_line(rows[0]) if rows else None
    if listed is not None:
        rows = rows[1:]
    messages: list[Message] = []
    places: list[str] = []
    rejects: list[Reject] = []
    for row in rows:
        message = _message(row, spoken)
        if message is None:
            reason = "not a message: it has no sender or no date"
            rejects.append(Reject(row.place, reason, shorten("\n".join(row.blocks))))
        else:
            messages.append(message)
            places.append(row.place)
    if messages or listed:
        title = page.rows[0].heading
        yield from conversation(messages, places, listed, title, path)
    yield from rejects
    wrong = page_fault(page)
    if wrong is not None:
        yield wrong


def conversation(
    messages: list[Message], places: list[str], listed: str | None, title: str, path: str
) -> Iterator[Record]:
    """Yield the conversation of one page, its events, and what to know about them."""
    senders = _message_frame.senders(messages)
    members = split_members(listed or "", senders)
    head = Head(members=tuple(members), title=title)
    key = _conversation.thread_key(head, path, senders)
    thread = _conversation.thread(head, path, key, senders)
    yield thread
    if messages:
        party = partial(_conversation.party, key=key, group="group" in thread.flags)
        yield _message_frame.event_frame(messages, places, key, party)
    yield Notice(NO_ZONE)
    if "cutover" in thread.flags:
        yield Notice(CUTOVER)


def _member_line(row: Row) -> str | None:
    """Return the names of a first row that lists who takes part."""
    if row.date() is not None or len(row.blocks) != 1:
        return None
    match = _MEMBERS.fullmatch(row.blocks[0])
    return match[1] if match else None


def split_members(listed: str, senders: Iterable[str]) -> list[str]:
    """Split names joined by commas and "and"; those of known senders first, they may hold both."""
    found = []
    for name in sorted(senders, key=len, reverse=True):
        if name and name in listed:
            found.append(name)
            listed = listed.replace(name, "", 1)
    rest = (part.strip(" ,") for part in _AND.split(listed))
    return [*found, *(part for part in rest if part and len(part) > 1)]


def _message(row: Row, spoken: frozenset[str]) -> Message | None:
    date = row.date()
    at = parse(date, spoken) if date is not None else None
    if at is None:
        return None
    text = "\n".join(row.blocks[1:-1])
    line = text if text.startswith(openings(row.blocks[0])) else ""
    called = _CALL.fullmatch(line) is not None
    return Message(
        sender_name=row.blocks[0],
        timestamp_ms=int(at.timestamp()) * 1000,
        content=text or None,
        is_unsent=_UNSENT.fullmatch(line) is not None,
        type="Call" if called else None,
        missed=called and _MISSED.search(line) is not None,
        photos=[Uri(address) for address in row.media] or None,
        reactions=[one for one in map(_reaction, row.items) if one is not None],
    )


def _reaction(item: str) -> Reaction | None:
    """Return a reaction, printed as the emoji directly followed by the name."""
    match = _REACTION.fullmatch(item) if len(item) <= _LONGEST_REACTION else None
    return Reaction(reaction=match[1], actor=match[2]) if match else None


IMPORTER = Importer(
    name="facebook.html_messages",
    source="facebook",
    files="message_1.html ...",
    yields="conversations: messages, calls and reactions, with who is in them",
    identify=is_kind("html_messages"),
    extract=_extract,
)
