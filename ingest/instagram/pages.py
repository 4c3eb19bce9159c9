"""Followers, who is followed, and close friends from the HTML form of the export.

Every row of these pages is a link to a profile and, beside it, a day with a time of unknown zone:
the day is kept. Class names change often and are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser

from notworking.ingest._markup import plain_markup
from notworking.ingest.importer import Content, Importer, to_json
from notworking.ingest.instagram._kinds import is_kind
from notworking.ingest.instagram._values import profile, user_of_link
from notworking.records import Contact, Point, Record, Reject

_DATE = re.compile(r"([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? \d{1,2}:\d{2}\s?[ap]m", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(slots=True)
class _Row:
    user: str
    line: int
    date: str | None = None


@dataclass(slots=True)
class _Found:
    rows: list[_Row] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the links to profiles, and after each the first text that is a date."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = _Found()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        user = user_of_link(dict(attrs).get("href")) if tag == "a" else None
        if user is not None:
            self.found.rows.append(_Row(user, self.getpos()[0]))

    def handle_data(self, data: str) -> None:
        rows = self.found.rows
        if rows and rows[-1].date is None and _DATE.fullmatch(data.strip()):
            rows[-1].date = data.strip()


def _day(text: str | None) -> datetime | None:
    match = _DATE.fullmatch(text or "")
    if match is None or match[1].lower() not in _MONTHS:
        return None
    try:
        return datetime(
            int(match[3]), _MONTHS.index(match[1].lower()) + 1, int(match[2]), tzinfo=UTC
        )
    except ValueError:
        return None


def _importer(kind: str, relation: str, note: str | None, yields: str) -> Importer:
    def extract(content: Content, path: str) -> Iterator[Record]:
        reader = _Reader()
        reader.feed(plain_markup(content.read().decode("utf-8-sig", "replace")))
        reader.close()
        for row in reader.found.rows:
            yield Contact(
                place=f"line {row.line}",
                relation=relation,
                key=profile(row.user),
                raw=to_json({"user": row.user, "date": row.date}),
                profile_url=profile(row.user),
                connected_at=_day(row.date),
                note=note,
                points=(Point("handle", row.user, "Instagram"),),
            )
        if not reader.found.rows:
            yield Reject("file", "no link to a profile in this page")

    return Importer(
        name=f"instagram.{kind}_page",
        source="instagram",
        files=f"{kind}.html" if kind != "followers" else "followers_1.html",
        yields=yields,
        identify=is_kind(f"page.{kind}"),
        extract=extract,
    )


IMPORTERS = (
    _importer("followers", "follower", None, "who follows you, and since which day"),
    _importer("following", "following", None, "whom you follow, and since which day"),
    _importer("close_friends", "friend", "close friend", "whom you chose as close friends"),
)
