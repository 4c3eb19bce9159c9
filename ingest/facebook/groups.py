"""Groups the owner joined, left or runs: her memberships. No file lists the other members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notworking.ingest._json import load
from notworking.ingest.facebook._activity import headline, parts
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import container, fields, placed, text, when
from notworking.ingest.importer import Content, Importer, shorten, to_json
from notworking.records import Record, Reject, Stage

_JOINED = re.compile(
    r".*?(?:became a member of|joined|bist jetzt Mitglied (?:von|der Gruppe)) (.+?)\.?"
)
_LEFT = re.compile(r".*?(?:stopped being a member of|left|bist kein Mitglied mehr von) (.+?)\.?")


def _extract(content: Content, path: str) -> Iterator[Record]:
    value, damage = load(content)
    inner, key = container(value, "groups_joined", "groups_admined")
    if inner is None and value is not None:
        yield Reject("file", "no list found under 'groups_joined'", shorten(to_json(value)))
    for place, record in placed(inner, key):
        yield _stage(place, fields(record), runs=key.startswith("groups_admined"))
    if damage is not None:
        yield damage


def _stage(place: str, record: dict[str, object], *, runs: bool) -> Stage | Reject:
    title = headline(record)
    joined, left = _JOINED.fullmatch(title), _LEFT.fullmatch(title)
    named = [
        text(part.get("name")) for group in ("data", "attachments") for part in parts(record, group)
    ]
    name = text(record.get("name")) or next((one for one in named if one), None)
    found = name or (left and left[1]) or (joined and joined[1])
    if not found:
        return Reject(place, "group without a name", shorten(to_json(record)))
    at = when(record.get("timestamp"))
    day = None if at is None else at.date().isoformat()
    return Stage(
        place=place,
        kind="membership",
        organisation=found,
        title="admin" if runs else None,
        started=None if left else day,
        ended=day if left else None,
    )


IMPORTER = Importer(
    name="facebook.groups",
    source="facebook",
    files="your_groups.json, your_group_membership_activity.json",
    yields="groups you joined, left or run",
    identify=is_kind("groups"),
    extract=_extract,
)
