"""Pokes, in both directions: the file names both sides, and leaves open which one is the owner."""

from __future__ import annotations

from collections.abc import Iterator

from notworking.ingest.facebook._activity import activities
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import key_name, person, seconds, when
from notworking.ingest.importer import Content, Importer
from notworking.records import Event, Party, Record


def _extract(content: Content, path: str) -> Iterator[Record]:
    return activities(content, ("pokes",), _poke)


def _poke(place: str, record: dict[str, object]) -> Iterator[Event]:
    poker, pokee = person(record.get("poker")), person(record.get("pokee"))
    if poker is None or pokee is None:
        return
    at = record.get("timestamp")
    yield Event(
        place=place,
        kind="poke",
        key=f"poke|{seconds(at)}|{key_name(poker)}|{key_name(pokee)}",
        party=Party(None, poker),
        recipients=(Party(None, pokee),),
        at=when(at),
        one_click=True,
    )


IMPORTER = Importer(
    name="facebook.pokes",
    source="facebook",
    files="pokes.json",
    yields="pokes, from you and to you",
    identify=is_kind("pokes"),
    extract=_extract,
)
