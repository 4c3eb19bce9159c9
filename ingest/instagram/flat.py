"""Archives of 2018 to 2020: one file for everything of a kind, at the top of the archive.

``connections.json`` names people and since when, ``messages.json`` all conversations with user
names in place of display names, ``comments.json`` and ``likes.json`` what the owner did, and
``profile.json`` the owner. A conversation has no number: its members are its key. Uploaded
contacts are not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import md5

from notworking.frames import as_frame
from notworking.ingest._json import load
from notworking.ingest._repeats import Repeats
from notworking.ingest.importer import Content, Importer, base_name, content_key, shorten, to_json
from notworking.ingest.instagram._values import fields, profile, records, text, user_of
from notworking.records import Contact, Event, Party, Point, Record, Reject, Thread

_Extract = Callable[[Content, str], Iterator[Record]]
_FIRST_YEAR, _LAST_YEAR = 2010, 2099
_PAIR = 2
_LONGEST_KEY = 4_000
#: Lists of ``connections.json``: the relation they stand for, and a note.
_LISTS = {
    "followers": ("follower", None),
    "following": ("following", None),
    "close_friends": ("friend", "close friend"),
}
_REQUESTS = "follow_requests_sent"
#: Fields of a message beside what was sent.
_FRAME = frozenset({"sender", "created_at", "likes", "video_call_action", "action"})


def _moment(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text(value) or "")
    except ValueError:
        return None
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _iso(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")


def _party(user: str) -> Party:
    return Party(profile(user), None)


def _short(value: object) -> str:
    return shorten(to_json(value))


def _connections(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    for name, listed in fields(value).items():
        if name not in _LISTS and name != _REQUESTS:
            continue
        if not isinstance(listed, dict):
            yield Reject(name, "not a list of people with dates", _short(listed))
        for written, since in fields(listed).items():
            yield _connected(name, written, since)
    if damage is not None:
        yield damage


def _connected(name: str, written: str, since: object) -> Contact | Event | Reject:
    place, user, at = f"{name}.{written}", user_of(written), _moment(since)
    if user is None:
        return Reject(shorten(place), "no user name in this entry", _short({written: since}))
    if name == _REQUESTS:
        key = f"request|out|{user}|{int(at.timestamp()) if at else 0}"
        return Event(place, "invitation", key, _party(user), direction="out", at=at)
    relation, note = _LISTS[name]
    return Contact(
        place=place,
        relation=relation,
        key=profile(user),
        raw=to_json({written: since}),
        profile_url=profile(user),
        connected_at=at,
        note=note,
        points=(Point("handle", user, "Instagram"),),
    )


def _messages(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    if value is not None and not isinstance(value, list):
        yield Reject("file", "no list of conversations in it", _short(value))
    repeats = Repeats()
    for index, talk in enumerate(value if isinstance(value, list) else []):
        place = f"[{index}]"
        said = fields(talk).get("conversation")
        if isinstance(said, list):
            yield from _conversation(place, fields(talk), said, repeats)
        else:
            yield Reject(place, "conversation without a list of messages", _short(talk))
    if damage is not None:
        yield damage


def _conversation(
    place: str, talk: dict[str, object], said: list[object], repeats: Repeats
) -> Iterator[Record]:
    listed = talk.get("participants")
    named = [user_of(one) for one in (listed if isinstance(listed, list) else [])]
    senders = [user_of(fields(one).get("sender")) for one in said]
    users = sorted({user for user in (*named, *senders) if user is not None})
    joined = "|".join(users)
    # Every event bears the key, so that of thousands of names would be their square.
    key = f"participants:{joined if len(joined) <= _LONGEST_KEY else content_key(joined)}"
    flags = ("group",) if len(users) > _PAIR else ()
    yield Thread(key, None, tuple(map(_party, users)), flags=flags)
    events: list[Event] = []
    rejects: list[Reject] = []
    for index, (one, sender) in enumerate(zip(said, senders, strict=True)):
        here, at = f"{place}.conversation[{index}]", _moment(fields(one).get("created_at"))
        if sender is None or at is None:
            reason = "message without its sender or a possible date"
            rejects.append(Reject(here, reason, _short(one)))
            continue
        message = _message(here, fields(one), sender, at, key)
        count = repeats.number(message.key)
        if count > 1:
            message = replace(message, key=f"{message.key}#{count}")
        events += [message, *_hearts(message, fields(one))]
    if events:
        yield as_frame(events)
    yield from rejects


def _message(place: str, one: dict[str, object], sender: str, at: datetime, key: str) -> Event:
    written = text(one.get("text"))
    sent = {name: value for name, value in one.items() if name not in _FRAME and value}
    words = md5(to_json(written or sorted(sent)).encode(), usedforsecurity=False)
    return Event(
        place=place,
        kind="message" if sent else "system",
        key=f"{key}|{at.isoformat()}|{sender}|{words.hexdigest()[:16]}",
        party=_party(sender),
        thread_key=key,
        at=at,
        text=written,
    )


def _hearts(message: Event, one: dict[str, object]) -> Iterator[Event]:
    for index, like in enumerate(map(fields, records(one.get("likes")))):
        user = user_of(like.get("username"))
        if user is not None:
            yield Event(
                place=f"{message.place}.likes[{index}]",
                kind="reaction",
                key=f"{message.key}|{user}",
                party=_party(user),
                recipients=(message.party,),
                thread_key=message.thread_key,
                at=_moment(like.get("date")) or message.at,
                one_click=True,
            )


def _deeds(kind: str, names: tuple[str, ...]) -> _Extract:
    """Return the reader of lists of ``[time, text, owner]`` or ``[time, owner]``."""

    def extract(content: Content, path: str) -> Iterator[Record]:
        value, damage = load(content)
        repeats = Repeats()
        for name in names:
            listed = fields(value).get(name)
            for index, row in enumerate(listed if isinstance(listed, list) else []):
                yield _deed(kind, f"{name}[{index}]", row, repeats)
        if not any(isinstance(fields(value).get(name), list) for name in names) and damage is None:
            yield Reject("file", f"no list under {names[0]!r}", _short(value))
        if damage is not None:
            yield damage

    return extract


def _deed(kind: str, place: str, row: object, repeats: Repeats) -> Event | Reject:
    cells = row if isinstance(row, list) else []
    at, user = _moment(cells[0] if cells else None), user_of(cells[-1] if cells else None)
    if at is None or user is None:
        return Reject(place, "without a possible date or whose it is", _short(row))
    written = text(cells[1]) if kind == "comment" and len(cells) > _PAIR else None
    words = md5((written or "").encode("utf-8", "replace"), usedforsecurity=False)
    key = f"{kind}|{user}|{_iso(at)}|{words.hexdigest()[:16]}"
    count = repeats.number(key)
    return Event(
        place=place,
        kind=kind,
        key=key if count == 1 else f"{key}#{count}",
        party=_party(user),
        direction="out",
        at=at,
        text=written,
        one_click=kind == "reaction",
    )


def _profile(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    own = fields(value)
    user, name = user_of(own.get("username")), text(own.get("name"))
    points = [Point("handle", user, "Instagram")] if user else []
    for kind, field in (("email", "email"), ("phone", "phone_number"), ("url", "website")):
        written = text(own.get(field))
        points += [Point(kind, written)] if written else []
    if name or points:
        yield Contact(
            place="file",
            relation="self",
            key=profile(user) if user else "self:profile",
            raw=to_json(value),
            full_name=name or user,
            profile_url=profile(user) if user else None,
            points=tuple(points),
        )
    elif damage is None:
        reason = "a profile without name, user name, e-mail or phone"
        yield Reject("file", reason, _short(value))
    if damage is not None:
        yield damage


def _importer(file: str, kind: str, shape: str, yields: str, extract: _Extract) -> Importer:
    """Return the importer of one of the files, told by its name and how it begins."""
    pattern = re.compile(rb"(?:\xef\xbb\xbf)?\s*" + shape.encode(), re.DOTALL)

    def identify(path: str, head: bytes) -> bool:
        return base_name(path) == file and pattern.match(head) is not None

    return Importer(f"instagram.{kind}", "instagram", file, yields, identify, extract)


_COMMENTS = ("media_comments", "live_comments", "story_comments")
_LIKES = ("media_likes", "comment_likes")
IMPORTERS = (
    _importer(
        "connections.json",
        "flat_lists",
        r'\{\s*"(?:\w+_users|close_friends|follow_requests_sent|permanent_follow_requests'
        r'|followers|following(?:_hashtags)?)"\s*:\s*\{',
        "who follows you and whom you follow, in archives before 2021",
        _connections,
    ),
    _importer(
        "messages.json",
        "flat_messages",
        r'\[\s*\{\s*"(?:participants"\s*:\s*\[\s*["\]]|conversation"\s*:\s*\[)',
        "all conversations, in archives before 2021",
        _messages,
    ),
    _importer(
        "comments.json",
        "flat_comments",
        rf'\{{\s*"(?:{"|".join(_COMMENTS)})"\s*:\s*\[',
        "what you wrote under posts of others, in archives before 2021",
        _deeds("comment", _COMMENTS),
    ),
    _importer(
        "likes.json",
        "flat_likes",
        rf'\{{\s*"(?:{"|".join(_LIKES)})"\s*:\s*\[',
        "what you liked of others, in archives before 2021",
        _deeds("reaction", _LIKES),
    ),
    _importer(
        "profile.json",
        "flat_profile",
        r'\{(?=.{0,8000}"username"\s*:)'
        r'(?=.{0,8000}"(?:date_joined|private_account|profile_pic_url)"\s*:)',
        "you, in archives before 2021",
        _profile,
    ),
)
