"""People and pages the owner follows, followers, and people picked in the feed's settings.

These lists mix people, pages and celebrities and do not tell them apart: interest at most, never a
tie by themselves. The feed's lists matter because a name stands there beside a profile address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from notworking.ingest._json import load
from notworking.ingest.facebook import _generic
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import (
    container,
    fields,
    key_name,
    person,
    placed,
    records,
    text,
    when,
)
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.records import Contact, Record, Reject

Extract = Callable[[Content, str], Iterator[Record]]


def grouped(inner: object, key: str) -> Iterator[tuple[str, dict[str, object], object]]:
    """Yield place, data and time of the entries of an interactions group, or of each in a list."""
    for place, group in placed(inner, key) if isinstance(inner, list) else [(key, inner)]:
        if not isinstance(group, dict):
            yield place, {}, None
        for at, entry in placed(fields(group).get("entries"), f"{place}.entries"):
            yield at, fields(fields(entry).get("data")), fields(entry).get("timestamp")


def _followed(relation: str, key: str) -> Extract:
    def extract(content: Content, path: str) -> Iterator[Record]:
        value, damage = load(content)
        inner, found = container(value, key)
        if inner is None and isinstance(value, dict) and "label_values" in value:
            inner = value
        if inner is None and value is not None:
            yield Reject("file", f"no list found under {key!r}", shorten(to_json(value)))
        for place, record in placed(inner, found):
            yield _one(place, record, relation)
        if damage is not None:
            yield damage

    return extract


def _one(place: str, record: object, relation: str, note: str | None = None) -> Contact | Reject:
    entry = fields(record)
    wrapped = fields(next(iter(records(entry.get("string_list_data"))), None))
    named = entry.get("name") or wrapped.get("value") or _generic.name_of(entry)
    name = person(named)
    if name is None:
        return Reject(place, "entry without a name", shorten(to_json(record)))
    at = entry.get("timestamp") or wrapped.get("timestamp") or _generic.time_of(entry)
    return Contact(
        place=place,
        relation=relation,
        key=key_name(name),
        raw=to_json(record),
        full_name=name,
        profile_url=text(entry.get("uri")) or text(wrapped.get("href")),
        connected_at=when(at),
        note=note,
    )


def _favourites(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    if value is not None and not isinstance(value, list | dict):
        yield Reject("file", "no list of favourites found in it", shorten(to_json(value)))
    for place, record in placed(value, ""):
        yield _one(place, record, "correspondent", "Favourite")
    if damage is not None:
        yield damage


def _feed(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    inner, key = container(value, "people_and_friends")
    if inner is None and value is not None:
        yield Reject("file", "no list found under 'people_and_friends'", shorten(to_json(value)))
    for place, data, _ in grouped(inner, key):
        yield _one(place, data, "correspondent")
    if damage is not None:
        yield damage


def _importer(kind: str, files: str, yields: str, extract: Extract) -> Importer:
    return Importer(
        name=f"facebook.{kind}",
        source="facebook",
        files=files,
        yields=yields,
        identify=is_kind(kind),
        extract=extract,
    )


IMPORTERS = (
    _importer(
        "following",
        "following.json, who_you_follow.json, who_you've_followed.json",
        "people and pages you follow",
        _followed("following", "following"),
    ),
    _importer(
        "followers",
        "followers.json, people_who_followed_you.json",
        "followers",
        _followed("follower", "followers"),
    ),
    _importer("favourites", "favorites.json", "people you marked as favourites", _favourites),
    _importer(
        "feed_choices",
        "feed/feed.json",
        "people you chose to see first or less, with their profile address",
        _feed,
    ),
)
