"""Followers, who is followed, close friends, follow requests: the lists of people.

Read are the flat and the nested layout, lists with and without a key around them, single records
in place of a list, and all forms of record, the one of October 2025 without a value included. To
follow somebody is to subscribe; a tie follows only from more. The lists may be limited to a range
of dates and come in parts, so an entry that is missing in a newer one is not gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from notworking.ingest._json import load
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.ingest.instagram import _people
from notworking.ingest.instagram._kinds import is_kind
from notworking.ingest.instagram._values import is_list, placed, profile, seconds, when
from notworking.records import Contact, Event, Party, Record, Reject

_Row = Callable[[str, object, str], Record]


def _read(content: Content, containers: tuple[str, ...], row: _Row) -> Iterator[Record]:
    value, damage = load(content)
    for place, record in placed(value, *containers):
        name = _people.user(record)
        if name is not None:
            yield row(place, record, name)
        else:
            yield Reject(place, "no user name in this entry", shorten(to_json(record)))
    if value is not None and not is_list(value, *containers):
        yield Reject("file", "no list of people in it", shorten(to_json(value)))
    if damage is not None:
        yield damage


def _contact(relation: str, note: str | None = None) -> _Row:
    def row(place: str, record: object, name: str) -> Contact:
        return _people.contact(place, record, name, relation, note)

    return row


def _request(direction: str) -> _Row:
    def row(place: str, record: object, name: str) -> Event:
        at = _people.since(record)
        return Event(
            place=place,
            kind="invitation",
            key=f"request|{direction}|{name}|{seconds(at)}",
            party=Party(profile(name), _people.display_name(record)),
            direction=direction,
            at=when(at),
        )

    return row


def _importer(
    kind: str, containers: tuple[str, ...], files: str, yields: str, *, row: _Row
) -> Importer:
    def extract(content: Content, path: str) -> Iterator[Record]:
        return _read(content, containers, row)

    return Importer(
        name=f"instagram.{kind}",
        source="instagram",
        files=files,
        yields=yields,
        identify=is_kind(kind),
        extract=extract,
    )


IMPORTERS = (
    _importer(
        "followers",
        ("relationships_followers",),
        "followers_1.json, followers.json",
        "who follows you, and since when",
        row=_contact("follower"),
    ),
    _importer(
        "following",
        ("relationships_following",),
        "following.json",
        "whom you follow, and since when",
        row=_contact("following"),
    ),
    _importer(
        "close_friends",
        ("relationships_close_friends",),
        "close_friends.json",
        "whom you chose as close friends",
        row=_contact("friend", "close friend"),
    ),
    _importer(
        "favourites",
        ("relationships_feed_favorites",),
        "profiles_you've_favorited.json",
        "whose posts you want to see first",
        row=_contact("following", "favourite"),
    ),
    _importer(
        "unfollowed",
        ("relationships_unfollowed_users",),
        "recently_unfollowed_profiles.json",
        "whom you follow no more",
        row=_contact("removed"),
    ),
    _importer(
        "requests_sent",
        ("relationships_follow_requests_sent", "relationships_permanent_follow_requests"),
        "pending_follow_requests.json, recent_follow_requests.json",
        "whom you asked to be let follow",
        row=_request("out"),
    ),
    _importer(
        "requests_received",
        ("relationships_follow_requests_received",),
        "follow_requests_you've_received.json",
        "who asked to follow you",
        row=_request("in"),
    ),
)
