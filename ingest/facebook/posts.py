"""Posts of the owner, on whose page and with whom; posts of others to her; where she is tagged.

People are in three places: tags, mentions inside the text (``@[number:2048:Name]``), and headlines
in English or German. A post that names nobody is kept as a silent event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from notworking.ingest.facebook import _generic
from notworking.ingest.facebook._activity import activities, digest, headline, parts
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._titles import companions, target, writer
from notworking.ingest.facebook._values import (
    fields,
    key_name,
    person,
    records,
    seconds,
    text,
    when,
)
from notworking.ingest.importer import Content, Importer
from notworking.records import Event, Party, Record

_MENTION = re.compile(r"@\[\d+:\d+:([^\]]{1,120})\]")
_MESSAGE_LABELS = ("message", "nachricht", "text", "post", "beitrag")
_TARGET_LABELS = ("target", "ziel", "recipient", "empfänger")


def _posts(place: str, record: dict[str, object]) -> Iterator[Event]:
    title, at = headline(record), record.get("timestamp")
    written = _written(record)
    shown = None if written is None else _MENTION.sub(r"\1", written)
    known = {"timestamp", "title", "data", "attachments", "tags"} & record.keys()
    if not known:
        return
    found = target(title)
    wall = found.wall and found.name is not None
    yield Event(
        place=place,
        kind="wall_post" if wall else "system",
        key=f"post|{seconds(at)}|{digest(written or title)}",
        party=Party(None, found.name if wall else None),
        direction="out",
        at=when(at),
        text=shown,
    )
    tagged = _tagged(record, written, title)
    tagged.pop(found.name or "", None)
    for name in tagged:
        yield Event(
            place=place,
            kind="tag",
            key=f"tag|{seconds(at)}|{key_name(name)}",
            party=Party(None, name),
            direction="out",
            at=when(at),
            text=shown,
        )


def _written(record: dict[str, object]) -> str | None:
    for group in ("data", "attachments"):
        for part in parts(record, group):
            written = text(part.get("post")) or text(part.get("text"))
            if written is not None:
                return written
    return None


def _tagged(record: dict[str, object], written: str | None, title: str) -> dict[str, None]:
    names = [person(tag) or person(fields(tag).get("name")) for tag in records(record.get("tags"))]
    names += [person(name) for name in _MENTION.findall(written or "")]
    names += [person(name) for name in companions(title)]
    return dict.fromkeys(name for name in names if name is not None)


def _wall_posts(place: str, record: dict[str, object]) -> Iterator[Event]:
    title, at, written = headline(record), record.get("timestamp"), _written(record)
    if title or written:
        yield Event(
            place=place,
            kind="wall_post",
            key=f"wall|{seconds(at)}|{digest(written or title)}",
            party=Party(None, person(writer(title))),
            direction="in",
            at=when(at),
            text=written,
        )


def _elsewhere(place: str, record: dict[str, object]) -> Iterator[Event]:
    if "label_values" not in record and not headline(record):
        return
    at = _generic.time_of(record)
    written = _generic.labelled(record, *_MESSAGE_LABELS)
    name = person(_generic.labelled(record, *_TARGET_LABELS))
    yield Event(
        place=place,
        kind="wall_post",
        key=f"elsewhere|{seconds(at)}|{digest(written or name)}",
        party=Party(None, name or target(headline(record)).name),
        direction="out",
        at=when(at),
        text=written,
    )


def _tagged_in(place: str, record: dict[str, object]) -> Iterator[Event]:
    if "label_values" not in record:
        return
    at, name = _generic.time_of(record), person(_generic.name_of(record))
    link = next((entry.href for entry in _generic.entries(record) if entry.href), None)
    yield Event(
        place=place,
        kind="tag",
        key=f"tagged|{seconds(at)}|{digest(link or name)}",
        party=Party(None, name),
        direction="in",
        at=when(at),
    )


def _importer(
    kind: str,
    keys: tuple[str, ...],
    reader: Callable[[str, dict[str, object]], Iterator[Event]],
    files: str,
    yields: str,
) -> Importer:
    def extract(content: Content, path: str) -> Iterator[Record]:
        return activities(content, keys, reader)

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
        "posts",
        ("status_updates", "group_posts"),
        _posts,
        "your_posts_1.json, your_posts__check_ins__photos_and_videos_1.json ...",
        "what you wrote on others' pages, and whom you tagged",
    ),
    _importer(
        "wall_posts",
        ("wall_posts_sent_to_you",),
        _wall_posts,
        "other_people's_posts_to_your_timeline.json",
        "what others wrote on your page",
    ),
    _importer(
        "posts_elsewhere",
        ("posts_on_other_pages_and_profiles",),
        _elsewhere,
        "posts_on_other_pages_and_profiles.json",
        "what you wrote on others' pages",
    ),
    _importer(
        "tagged_in",
        ("photos_and_videos_you_re_tagged_in",),
        _tagged_in,
        "photos_and_videos_you're_tagged_in.json",
        "pictures on which others tagged you",
    ),
)
