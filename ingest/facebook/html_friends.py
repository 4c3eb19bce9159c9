"""Friends, former friends and friend requests of HTML exports, from 2010 to today.

Read: the pages of 2018 on, whatever their class names, and ``friends.htm`` before, which holds all
five lists. Dates carry no zone, so the keys of an HTML export are not those of the JSON export:
give one of the two. A page that should hold entries and shows none is a reject, no empty list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from notworking.ingest._json import text_of
from notworking.ingest.facebook._html_dates import languages, looks_like_date, parse
from notworking.ingest.facebook._html_page import Page, Row, read_page
from notworking.ingest.facebook._kinds import is_kind
from notworking.ingest.facebook._values import person
from notworking.ingest.facebook.friends import LISTS, RowMaker
from notworking.ingest.importer import Content, Importer, shorten
from notworking.records import Notice, Record, Reject

NO_ZONE = (
    "an HTML page: its times carry no zone and are read as UTC; the JSON form of the export is "
    "exact, and giving both would count everything twice"
)
#: A page with more text than this has entries.
EMPTY_BELOW = 2000
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
#: A name, an e-mail and a date are shorter.
_LONGEST_ITEM = 400
_ENDING = re.compile(r"(.*\S)\s*\(([^()]*)\)", re.DOTALL)
#: Headings of ``friends.htm``, with the kind of list below.
_HEADINGS = (
    ("removed_friends", re.compile(r"removed|deleted|entfernt", re.IGNORECASE)),
    ("sent_requests", re.compile(r"sent|gesendet", re.IGNORECASE)),
    ("rejected_requests", re.compile(r"declined|rejected|abgelehnt", re.IGNORECASE)),
    ("received_requests", re.compile(r"received|empfangen|erhalten", re.IGNORECASE)),
)
_FRIENDS = re.compile(r"friends|freunde", re.IGNORECASE)


def fault(*, whole: bool, length: int, found: bool) -> Reject | None:
    """Return a reject for a page that is cut off or torn, or has text and shows no entries."""
    if not whole:
        reason = "the page is cut off or damaged, entries may be missing; export it again"
        return Reject("file", reason)
    if found or length <= EMPTY_BELOW:
        return None
    return Reject("file", "no entries found: unknown markup; ask for the JSON form of the export")


def page_fault(page: Page) -> Reject | None:
    """Return what is wrong with a page as a whole; None if nothing is."""
    return fault(whole=page.whole, length=page.length, found=bool(page.rows or page.listed))


def _extract(kind: str) -> Callable[[Content, str], Iterator[Record]]:
    make, noun = LISTS[kind]

    def extract(content: Content, path: str) -> Iterator[Record]:
        page = read_page(text_of(content.read()))
        entries = page.rows or page.listed
        spoken = languages(row.blocks[-1] for row in entries if looks_like_date(row.blocks[-1]))
        for row in entries:
            date = row.date()
            at = parse(date, spoken) if date is not None else None
            yield _one(row, row.blocks[0], at and int(at.timestamp()), make, noun)
        if entries:
            yield Notice(NO_ZONE)
        wrong = page_fault(page)
        if wrong is not None:
            yield wrong

    return extract


def _one(row: Row, named: str, at: object, make: RowMaker, noun: str) -> Record:
    name = None if looks_like_date(named) else person(named)
    if name is None:
        reason = f"{noun} without a name (deactivated account)"
        return Reject(row.place, reason, shorten("\n".join(row.blocks)))
    return make(row.place, {"name": name, "blocks": row.blocks}, name, at)


def _old(content: Content, path: str) -> Iterator[Record]:
    """Read ``friends.htm``: five lists, of which only the headings tell which is which."""
    page = read_page(text_of(content.read()))
    year = _YEAR.findall(page.heading)
    export_year = int(year[-1]) if year else None
    first = page.listed[0].heading if page.listed else ""
    endings = [_split(row.blocks[0]) for row in page.listed]
    spoken = languages(date for _, _, date in endings if date)
    for row, (name, mail, date) in zip(page.listed, endings, strict=True):
        kind = _list_kind(row.heading, first)
        if kind is None:
            reason = f"entry of a list that is not known: {row.heading[:60]}"
            yield Reject(row.place, reason, shorten(row.blocks[0]))
            continue
        at = parse(date, spoken, export_year) if date else None
        make, noun = LISTS[kind]
        known = person(name)
        if known is None:
            yield Reject(row.place, f"{noun} without a name", shorten(row.blocks[0]))
        else:
            entry: dict[str, object] = {"name": known, "contact_info": mail, "date": date}
            yield make(row.place, entry, known, at and int(at.timestamp()))
    if page.listed:
        yield Notice(NO_ZONE)
    wrong = page_fault(page)
    if wrong is not None:
        yield wrong


def _list_kind(heading: str, first: str) -> str | None:
    for kind, pattern in _HEADINGS:
        if pattern.search(heading):
            return kind
    return "friends" if heading == first or _FRIENDS.search(heading) else None


def _split(item: str) -> tuple[str, str | None, str | None]:
    """Return name, e-mail and date of ``Name (e-mail) (date)``; names may hold parentheses."""
    mail = date = None
    while True:
        match = _ENDING.fullmatch(item) if len(item) <= _LONGEST_ITEM else None
        if match is None:
            return item, mail, date
        inner = match[2].strip()
        if date is None and mail is None and _is_date(inner):
            date = inner
        elif mail is None and "@" in inner:
            mail = inner
        else:
            return item, mail, date
        item = match[1]


def _is_date(text: str) -> bool:
    return looks_like_date(text) or looks_like_date(f"{text}, 2000")


IMPORTERS = (
    *(
        Importer(
            name=f"facebook.html_{kind}",
            source="facebook",
            files=f"{files.split(',', maxsplit=1)[0].removesuffix('.json')}.html",
            yields=yields,
            identify=is_kind(f"html_{kind}"),
            extract=_extract(kind),
        )
        for kind, files, yields in (
            ("friends", "your_friends", "friends, with the day the friendship began"),
            ("removed_friends", "removed_friends", "friendships that ended"),
            ("received_requests", "received_friend_requests", "requests you have not answered"),
            ("sent_requests", "sent_friend_requests", "requests that were not answered"),
            ("rejected_requests", "rejected_friend_requests", "requests you declined"),
        )
    ),
    Importer(
        name="facebook.htm_friends",
        source="facebook",
        files="friends.htm",
        yields="friends, former friends and requests of exports before 2018",
        identify=is_kind("htm_friends"),
        extract=_old,
    ),
)
