"""Likes and their siblings that the owner gave: to posts, comments and stories.

Read: the activity log's form, whose headline names the other person, and the generic form of 2024
on, which has a field for it. Exports may hold both; they give the same keys, made of time and
reaction.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest.facebook import _generic
from notworking.ingest.facebook._activity import activities, digest, headline, parts
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._titles import target
from notworking.ingest.facebook._values import fields, person, seconds, text, when
from notworking.ingest.importer import Content, Importer
from notworking.records import Event, Party, Record

#: The generic form's words, as the account's language has them, in the words of the other form.
_WORDS = {
    "gefällt mir": "LIKE",
    "sad": "SORRY",
    "traurig": "SORRY",
    "angry": "ANGER",
    "wütend": "ANGER",
    "support": "CARE",
    "umarmung": "CARE",
}
_CAPTIONS = ("reaction", "reaktion")


def _reactions(content: Content, path: str) -> Iterator[Record]:
    return activities(content, ("reactions",), _reaction)


def _reaction(place: str, record: dict[str, object]) -> Iterator[Event]:
    inner = next(
        (fields(part["reaction"]) for part in parts(record, "data") if "reaction" in part), {}
    )
    generic = "label_values" in record
    word = text(inner.get("reaction")) or _generic.labelled(record, *_CAPTIONS)
    if word is None and not headline(record):
        return
    if generic:
        name = person(_generic.name_of(record))
        at = _generic.time_of(record)
    else:
        name = target(headline(record), text(inner.get("actor"))).name
        at = record.get("timestamp") or inner.get("timestamp")
    plain = _WORDS.get((word or "").casefold(), (word or "LIKE").upper())
    yield _event(place, f"reaction|{seconds(at)}|{plain}", name, at, plain)


def _stories(content: Content, path: str) -> Iterator[Record]:
    return activities(content, ("stories_feedback",), _story)


def _story(place: str, record: dict[str, object]) -> Iterator[Event]:
    title, at = headline(record), record.get("timestamp")
    said = next((text(part.get("text")) for part in parts(record, "data")), None)
    if title or said:
        key = f"story|{seconds(at)}|{digest(said or title)}"
        yield _event(place, key, target(title).name, at, said)


def _event(place: str, key: str, name: str | None, at: object, said: str | None) -> Event:
    return Event(
        place=place,
        kind="reaction",
        key=key,
        party=Party(None, name),
        direction="out",
        at=when(at),
        text=said,
        one_click=True,
    )


IMPORTERS = (
    Importer(
        name="facebook.reactions",
        source="facebook",
        files="posts_and_comments.json, likes_and_reactions_1.json ...",
        yields="reactions you gave, with whose post it was where the file says it",
        identify=is_kind("reactions"),
        extract=_reactions,
    ),
    Importer(
        name="facebook.story_reactions",
        source="facebook",
        files="story_reactions.json",
        yields="reactions you gave to stories",
        identify=is_kind("story_reactions"),
        extract=_stories,
    ),
)
