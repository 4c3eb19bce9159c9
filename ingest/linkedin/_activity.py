"""What the owner did on the platform: dated rows that name no counterpart.

LinkedIn tells the link of a post and not whose it is; such events stay without a party.
"""

from __future__ import annotations

import re

from notworking.ingest._csv import Line
from notworking.ingest.importer import content_key, shorten
from notworking.ingest.linkedin._values import iso, moment
from notworking.records import Event, Party, Reject

#: A newline inside a text is written with a quote before and behind it.
_BROKEN_LINE = re.compile(r'"\r?\n"')


def own_event(
    line: Line, kind: str, link: str, text: str = "", *, one_click: bool = False
) -> Event | Reject:
    """Return the event of one row, or a reject if it has no readable date."""
    at = moment(line.get("date"))
    if at is None:
        return Reject(line.place, "the date is missing or unreadable", shorten(line.raw))
    written = f"|{content_key(text)}" if text else ""
    return Event(
        place=line.place,
        kind=kind,
        key=f"{kind}|{link}|{iso(at)}{written}",
        party=Party(None, None),
        direction="out",
        at=at,
        text=text or None,
        one_click=one_click,
    )


def mend_newlines(text: str) -> str:
    """Undo the quotes that LinkedIn puts around every newline inside a post."""
    return _BROKEN_LINE.sub("\n", text).replace("\r\n", "\n")
