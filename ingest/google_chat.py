"""Google Chat out of Google Takeout: ``Google Chat/Groups/<conversation>/messages.json``.

Read are the messages of conversations of two and of spaces, ``group_info.json`` with their members,
and ``user_info.json`` with the owner. Mail addresses are the keys. Deleted messages hold nothing
and are kept as silent events; files that were sent are not read, and reactions are not in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice

from notworking.frames import as_frame
from notworking.ingest._json import load
from notworking.ingest._json_stream import CutError, Stream
from notworking.ingest._repeats import Repeats
from notworking.ingest.importer import Content, Importer, base_name, content_key, shorten, to_json
from notworking.records import Contact, Event, Party, Point, Record, Reject, Thread

_BEGINS = r"(?:\xef\xbb\xbf)?\s*\{\s*"
_WRITTEN = re.compile(
    r"[A-Za-z]+, (?P<month>[A-Z][a-z]{2})[a-z]* (?P<d>\d{1,2}), (?P<y>\d{4}) at"
    r" (?P<h>\d{1,2}):(?P<m>\d\d):(?P<s>\d\d) (?P<half>[AP])M UTC",
    re.ASCII,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ADDRESS = re.compile(r"[^\s@]{1,200}@[^\s@]{1,200}")
_CHUNK = 20_000
_PAIR = 2
_FIRST_YEAR, _LAST_YEAR = 2005, 2099


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip() or None


def _fields(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _person(value: object) -> Party | None:
    """Return who a creator or member is; None for programs and for nobody."""
    told = _fields(value)
    if told.get("user_type") == "Bot":
        return None
    email = (_text(told.get("email")) or "").lower()
    name = _text(told.get("name"))
    key = email if _ADDRESS.fullmatch(email) else None
    return Party(key, name) if key or name else None


def _moment(value: object) -> datetime | None:
    """Return a time such as ``Monday, January 2, 2023 at 10:00:00 AM UTC``."""
    found = _WRITTEN.fullmatch(" ".join((_text(value) or "").split()))
    if found is None or found["month"] not in _MONTHS:
        return None
    year, day, hour, minute, second = map(int, found.group("y", "d", "h", "m", "s"))
    month = _MONTHS.index(found["month"]) + 1
    try:
        hour = hour % 12 + 12 * (found["half"] == "P")
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return at if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _thread_key(path: str) -> str:
    """Return the conversation's name in the archive: the folder it lies in."""
    folder = path.rsplit("/", 2)[-2] if "/" in path else ""
    return folder or content_key(path)


def _messages(content: Content, path: str) -> Iterator[Record]:
    key = _thread_key(path)
    people: dict[Party, str] = {}
    rejects: list[Reject] = []
    with content.open() as source:
        stream = Stream(source)
        events = _events(stream, key, people, rejects)
        while chunk := list(islice(events, _CHUNK)):
            yield as_frame(chunk)
            yield from rejects
            rejects.clear()
        damage = stream.finish()
    members = tuple(people)
    yield Thread(key, None, members, flags=("group",) if len(members) > _PAIR else ())
    yield from rejects
    yield from (_correspondent(party, place) for party, place in people.items() if party.key)
    if damage is not None:
        yield damage


def _events(
    stream: Stream, key: str, people: dict[Party, str], rejects: list[Reject]
) -> Iterator[Event]:
    repeats = Repeats()
    with suppress(CutError):
        for name in stream.members(""):
            if name != "messages" or stream.peek() != "[":
                stream.value(name)
                continue
            for place in stream.elements(name):
                made = _event(place, stream.value(place), key, repeats)
                if isinstance(made, Reject):
                    rejects.append(made)
                    continue
                if made.party != Party(None, None):
                    people.setdefault(made.party, place)
                yield made


def _event(place: str, value: object, thread: str, repeats: Repeats) -> Event | Reject:
    told = _fields(value)
    at = _moment(told.get("created_date"))
    creator = told.get("creator")
    if at is None or not isinstance(creator, dict):
        reason = "message without a possible date" if creator else "message without its sender"
        return Reject(place, reason, shorten(to_json(value)))
    party, text = _person(creator), _text(told.get("text"))
    sent = text or told.get("attached_files") or told.get("annotations")
    key = _text(told.get("message_id")) or content_key(
        f"{thread}|{at.isoformat()}|{to_json(creator)}|{text}"
    )
    count = repeats.number(key)
    return Event(
        place=place,
        kind="message" if sent and party is not None else "system",
        key=key if count == 1 else f"{key}#{count}",
        party=party or Party(None, None),
        thread_key=thread,
        at=at,
        text=text,
    )


def _correspondent(party: Party, place: str) -> Contact:
    return Contact(
        place=place,
        relation="correspondent",
        key=party.key or "",
        raw=to_json({"email": party.key, "name": party.name}),
        full_name=party.name,
        points=(Point("email", party.key or ""),),
    )


def _members(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    listed = _fields(value).get("members")
    if isinstance(listed, list):
        found = dict.fromkeys(party for party in map(_person, listed) if party is not None)
        flags = ("group",) if len(listed) > _PAIR else ()
        yield Thread(
            _thread_key(path), _text(_fields(value).get("name")), tuple(found), flags=flags
        )
    elif damage is None:
        yield Reject("file", "no list of members in it", shorten(to_json(value)))
    if damage is not None:
        yield damage


def _owner(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    party = _person(_fields(value).get("user"))
    if party is not None:
        yield Contact(
            place="user",
            relation="self",
            key=f"self:google_chat:{party.key or ''}",
            raw=to_json(_fields(value).get("user")),
            full_name=party.name,
            points=(Point("email", party.key),) if party.key else (),
        )
    elif damage is None:
        yield Reject("file", "it names nobody", shorten(to_json(value)))
    if damage is not None:
        yield damage


def _importer(
    kind: str,
    file: str,
    shape: str,
    yields: str,
    extract: Callable[[Content, str], Iterator[Record]],
) -> Importer:
    pattern = re.compile((_BEGINS + shape).encode("latin-1"), re.DOTALL)

    def identify(path: str, head: bytes) -> bool:
        return base_name(path) == file and pattern.match(head) is not None

    return Importer(f"google_chat.{kind}", "google_chat", file, yields, identify, extract)


_SOMEBODY = r'"(?:name|email|user_type)"\s*:'
IMPORTERS = (
    _importer(
        "messages",
        "messages.json",
        r'"messages"\s*:\s*\[\s*(?:\]|\{(?=.{0,4000}"creator"\s*:))',
        "messages, with who wrote",
        _messages,
    ),
    _importer(
        "members",
        "group_info.json",
        rf'(?:"name"\s*:\s*"[^"]{{0,500}}"\s*,\s*)?"members"\s*:\s*\[\s*(?:\]|\{{\s*{_SOMEBODY})',
        "conversations and who is in them",
        _members,
    ),
    _importer(
        "owner",
        "user_info.json",
        rf'"user"\s*:\s*\{{\s*{_SOMEBODY}',
        "the owner: name and address",
        _owner,
    ),
)
