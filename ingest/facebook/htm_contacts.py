"""Uploaded contacts of exports before 2018: the table in ``html/contact_info.htm``.

Each cell of contact points is a list whose items begin with ``contact:``; the name is in the cell
before. The owner's own details may stand above the table, without that beginning, and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from notworking.ingest._json import text_of
from notworking.ingest.facebook._contact_points import Found, clean_point
from notworking.ingest.facebook._html_page import read_page
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import text
from notworking.ingest.facebook.address_books import Card, card, contacts
from notworking.ingest.facebook.html_friends import page_fault
from notworking.ingest.importer import Content, Importer
from notworking.records import Record, Reject

_POINT = re.compile(r"[^\W\d_]{2,20}: *(\S.*)", re.DOTALL)


def _extract(content: Content, path: str) -> Iterator[Record]:
    page = read_page(text_of(content.read()))
    found: list[Card | Reject] = []
    for name, rows in groupby(page.listed, key=lambda row: row.heading):
        listed = list(rows)
        written = [match[1] for row in listed if (match := _POINT.fullmatch(row.blocks[0]))]
        points = [point for point in map(clean_point, written) if point is not None]
        if points:
            one = Found(text(name), tuple(dict.fromkeys(points)), None)
            found.append(card(listed[0].place, one, {"name": name, "contacts": written}))
    yield from contacts(found)
    wrong = page_fault(page)
    if wrong is not None:
        yield wrong


IMPORTER = Importer(
    name="facebook.htm_contacts",
    source="facebook",
    files="contact_info.htm",
    yields="cards of uploaded contacts of exports before 2018",
    identify=is_kind("htm_contacts"),
    extract=_extract,
)
