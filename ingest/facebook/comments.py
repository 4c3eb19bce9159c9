"""Comments the owner wrote, on pages and in groups. Comments by others are not in the export.

Whose post it was is only in the headline, which is in the account's language; where it is neither
English nor German the comment stays, and names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest.facebook._activity import activities, digest, headline, parts
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._titles import target
from notworking.ingest.facebook._values import fields, seconds, text, when
from notworking.ingest.importer import Content, Importer
from notworking.records import Event, Party, Record


def _extract(content: Content, path: str) -> Iterator[Record]:
    return activities(content, ("comments", "group_comments"), _comment)


def _comment(place: str, record: dict[str, object]) -> Iterator[Event]:
    inner = next(
        (fields(part["comment"]) for part in parts(record, "data") if "comment" in part), {}
    )
    at = record.get("timestamp") or inner.get("timestamp")
    written, title = text(inner.get("comment")), headline(record)
    if not title and not inner:
        return
    yield Event(
        place=place,
        kind="comment",
        key=f"comment|{seconds(at)}|{digest(written or title)}",
        party=Party(None, target(title, text(inner.get("author"))).name),
        direction="out",
        at=when(at),
        text=written,
    )


IMPORTER = Importer(
    name="facebook.comments",
    source="facebook",
    files="comments.json, your_comments_in_groups.json",
    yields="comments you wrote, with whose post it was where the headline says it",
    identify=is_kind("comments"),
    extract=_extract,
)
