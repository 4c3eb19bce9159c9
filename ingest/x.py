"""The archive of X, formerly Twitter: ``data/account.js``, ``follower.js``, ``tweets.js`` ...

Read are the archives since August 2018. Lists of followers hold numbers only; names and handles of
those the owner replied to or mentioned stand in the owner's own posts. Reposts, likes, blocks and
lists tell of no exchange and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from notworking.ingest._x_js import entries, fields, is_assignment, is_file, items, moment, text
from notworking.ingest._x_messages import extract_messages
from notworking.ingest.importer import Content, Ignored, Importer, base_name, shorten, to_json
from notworking.records import Contact, Event, Notice, Party, Point, Record, Reject

_OURS = is_file(
    "account", "follower", "following", "tweet", "tweets",
    "direct-message", "direct-messages", "direct-message-group", "direct-messages-group",
)  # fmt: skip
_ARCHIVE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:window\.(?:YTD|__THAR_CONFIG)|Grailbird\.data)\b")
_OLD_TABLE = re.compile(rb'(?:\xef\xbb\xbf)?"?tweet_id"?,"?in_reply_to_status_id"?,')


def _account(content: Content, path: str) -> Iterator[Record]:
    for found in entries(content, "account"):
        if isinstance(found, Reject):
            yield found
            continue
        place, entry = found
        number = text(entry.get("accountId"))
        if number is None:
            yield Reject(place, "account without its number", shorten(to_json(entry)))
            continue
        # The number is a handle too: it is how every other file of the archive names the owner.
        points = [Point("handle", f"x:{number}", "x")]
        for kind, name, label in (("handle", "username", "twitter"), ("email", "email", None)):
            value = text(entry.get(name))
            points += [Point(kind, value, label)] if value else []
        yield Contact(
            place=place,
            relation="self",
            key=f"self:x:{number}",
            raw=to_json(entry),
            full_name=text(entry.get("accountDisplayName")),
            points=tuple(points),
        )


def _followed(relation: str) -> Callable[[Content, str], Iterator[Record]]:
    def extract(content: Content, path: str) -> Iterator[Record]:
        for found in entries(content, relation):
            if isinstance(found, Reject):
                yield found
                continue
            place, entry = found
            number = text(entry.get("accountId"))
            raw = to_json(entry)
            if number is None:
                yield Reject(place, "entry without the number of an account", shorten(raw))
            else:
                yield Contact(place=place, relation=relation, key=f"x:{number}", raw=raw)

    return extract


def _tweets(content: Content, path: str) -> Iterator[Record]:
    alone = 0
    known: set[tuple[str, str]] = set()
    for found in entries(content, "tweet"):
        if isinstance(found, Reject):
            yield found
            continue
        place, tweet = found
        number = text(tweet.get("id_str")) or text(tweet.get("id"))
        at = moment(tweet.get("created_at"))
        if number is None or at is None:
            reason = "post without a number" if number is None else "post without a possible date"
            yield Reject(place, reason, shorten(to_json(tweet)))
            continue
        named = _named(tweet)
        alone += not named
        for who, (handle, name) in named.items():
            if handle is not None and (who, handle) not in known:
                known.add((who, handle))
                yield _mentioned(place, who, handle, name)
            yield Event(
                place=place,
                kind="comment",
                key=f"{number}|{who}",
                party=Party(f"x:{who}", name or handle),
                direction="out",
                at=at,
                text=text(tweet.get("full_text")) or text(tweet.get("text")),
            )
    if alone:
        yield Notice(f"{alone} posts and reposts address nobody, left out")


def _named(tweet: dict[str, object]) -> dict[str, tuple[str | None, str | None]]:
    """Return number, handle and name of everybody a post replies to or mentions."""
    if "retweeted_status" in tweet or (text(tweet.get("full_text")) or "").startswith("RT @"):
        return {}
    named: dict[str, tuple[str | None, str | None]] = {}
    replied = text(tweet.get("in_reply_to_user_id_str")) or text(tweet.get("in_reply_to_user_id"))
    if replied:
        named[replied] = (text(tweet.get("in_reply_to_screen_name")), None)
    for mention in map(fields, items(fields(tweet.get("entities")).get("user_mentions"))):
        number = text(mention.get("id_str")) or text(mention.get("id"))
        # A handle that nobody holds any more has the number -1.
        if number is not None and number != "-1":
            named[number] = (text(mention.get("screen_name")), text(mention.get("name")))
    return named


def _mentioned(place: str, number: str, handle: str, name: str | None) -> Contact:
    return Contact(
        place=place,
        relation="correspondent",
        key=f"x:{number}",
        raw=to_json({"id_str": number, "screen_name": handle, "name": name}),
        full_name=name,
        nickname=handle,
        points=(Point("handle", handle, "twitter"),),
    )


def _is_old_table(path: str, head: bytes) -> bool:
    return base_name(path).endswith(".csv") and _OLD_TABLE.match(head) is not None


def _refuse_old_table(content: Content, path: str) -> Iterator[Record]:
    yield Reject(
        "file",
        "an archive from before August 2018 holds the owner's posts only: request a new archive",
    )


def _is_other(path: str, head: bytes) -> bool:
    if not base_name(path).endswith(".js") or _OURS(path, head):
        return False
    return is_assignment(head) and _ARCHIVE.match(head) is not None


def _importer(
    kind: str,
    names: tuple[str, ...],
    yields: str,
    extract: Callable[[Content, str], Iterator[Record]],
    *,
    complete: bool = False,
) -> Importer:
    files = ", ".join(f"data/{name}.js" for name in names)
    return Importer(f"x.{kind}", "x", files, yields, is_file(*names), extract, complete)


_MESSAGE_FILES = (
    "direct-messages",
    "direct-messages-group",
    "direct-message",
    "direct-message-group",
)
#: A list may come in parts, so that no single file is known to be complete.
IMPORTERS = (
    _importer("account", ("account",), "the owner's number, handle and address", _account),
    _importer("followers", ("follower",), "numbers of followers", _followed("follower")),
    _importer("following", ("following",), "numbers of the followed", _followed("following")),
    _importer(
        "messages", _MESSAGE_FILES, "direct messages, their groups and reactions", extract_messages
    ),
    _importer("tweets", ("tweets", "tweet"), "replies and mentions by the owner", _tweets),
    Importer(
        name="x.old_archive",
        source="x",
        files="tweets.csv",
        yields="nothing: an archive that is too old",
        identify=_is_old_table,
        extract=_refuse_old_table,
    ),
)
IGNORED = (
    Ignored(
        name="x.other",
        source="x",
        files="data/*.js",
        identify=_is_other,
        reason="says nothing about whom the owner was in touch with",
    ),
)
