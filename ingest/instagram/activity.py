"""What the owner wrote under posts of others, and what the owner liked.

Only the owner's side is in the export: comments and likes by others are not. The person is the
user name of whose post it was. A comment on an own post names the owner, who is nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import md5

from notworking.ingest._json import load
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.ingest.instagram import _people
from notworking.ingest.instagram._kinds import is_kind
from notworking.ingest.instagram._values import (
    fields,
    is_list,
    labelled,
    placed,
    profile,
    records,
    seconds,
    text,
    user_of,
    value_of,
    when,
)
from notworking.records import Event, Party, Record, Reject

_COMMENT = ("comment", "commento", "comentario", "commentaire", "kommentar", "opmerking")
_OWNER = (
    *("media owner", "proprietario del contenuto", "propietario del contenido"),
    *("propriétaire du contenu", "media-eigenaar", "medieninhaber"),
)
_TIME = ("time", "orario", "fecha y hora", "heure", "zeit", "tijd")


def _comments(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    seen: dict[str, int] = {}
    containers = ("comments_media_comments", "comments_reels_comments")
    if value is not None and not is_list(value, *containers):
        yield Reject("file", "no list of comments in it", _short(value))
    for place, record in placed(value, *containers):
        written = value_of(record, *_COMMENT)
        at = labelled(record, *_TIME).get("timestamp")
        user = user_of(value_of(record, *_OWNER))
        if written is None and user is None:
            yield Reject(place, "neither a comment nor whose post it is", _short(record))
            continue
        key = f"comment|{user or ''}|{seconds(at)}|{_hash(written or '')}"
        yield Event(
            place=place,
            kind="comment",
            key=_numbered(key, seen),
            party=Party(profile(user) if user else None, None),
            direction="out",
            at=when(at),
            text=written,
        )
    if damage is not None:
        yield damage


def _likes(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    seen: dict[str, int] = {}
    containers = ("likes_media_likes", "likes_comment_likes", "story_activities_story_likes")
    if value is not None and not is_list(value, *containers):
        yield Reject("file", "no list of likes in it", _short(value))
    for place, record in placed(value, *containers):
        user = user_of(fields(record).get("title")) or _labelled_user(record)
        if user is None:
            yield Reject(place, "a like without whose post it is", _short(record))
            continue
        listed = [fields(entry) for entry in records(fields(record).get("string_list_data"))]
        for index, entry in enumerate(listed or [fields(record)]):
            at = entry.get("timestamp")
            link = text(entry.get("href")) or ""
            key = f"like|{user}|{seconds(at)}|{_hash(link)}"
            yield Event(
                place=f"{place}.string_list_data[{index}]" if listed else place,
                kind="reaction",
                key=_numbered(key, seen),
                party=Party(profile(user), None),
                direction="out",
                at=when(at),
                text=text(entry.get("value")),
                one_click=True,
            )
    if damage is not None:
        yield damage


def _labelled_user(record: object) -> str | None:
    """Return the user name in the newest form of record, where ``title`` is something else."""
    return _people.user({"label_values": fields(record).get("label_values")})


def _hash(value: str) -> str:
    return md5(value.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:16]


def _numbered(key: str, seen: dict[str, int]) -> str:
    """Mark the second and later ones of equal keys; the same words may be written twice."""
    seen[key] = seen.get(key, 0) + 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def _short(record: object) -> str:
    return shorten(to_json(record))


IMPORTERS = (
    Importer(
        name="instagram.comments",
        source="instagram",
        files="post_comments_1.json, reels_comments.json",
        yields="what you wrote under posts of others",
        identify=is_kind("comments"),
        extract=_comments,
    ),
    Importer(
        name="instagram.likes",
        source="instagram",
        files="liked_posts.json, liked_comments.json, story_likes.json",
        yields="what you liked of others",
        identify=is_kind("likes"),
        extract=_likes,
    ),
)
