"""``messages.csv``: every conversation, one row a message.

Read are the layouts of 2017 (``Inbox.csv``), 2018 (``Messages.csv``), 2019 and 2020 (no
conversation id, a direction), and all since 2021 (conversation id, profile addresses, later
attachments and drafts). Transcripts of LinkedIn's own assistants have the same header; they
are told apart by name and never read. Attachments, subjects and folders are not read: a folder is
no direction.

Files since 2021 in plain UTF-8 are read by the database engine through ``messages.sql``; ``mend``
reads single rows, and says the same.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from notworking.delimited import fit
from notworking.frames import as_frame
from notworking.ingest._csv import Header, find_header, has, no_table, table_rows
from notworking.ingest.importer import HEAD_SIZE, Content, Importer, shorten
from notworking.ingest.linkedin._files import file_key, is_table
from notworking.ingest.linkedin._values import NOBODY, iso, moment, person_name, profile_key
from notworking.records import Event, Party, Record, Reject, Table

#: Rows put into one frame.
CHUNK = 50_000
ONE_CLICK = frozenset(
    {"Congrats on your work anniversary!", "Congrats on the new job!", "Happy birthday!", "👍"}
)
_FOLDERS = (["INBOX"], ["ARCHIVE"], ["ARCHIVED"], ["SPAM"], ["SENT"])
_BLANKS = " \t\r\n"
_HTML = re.compile(r"<(p|br|ul|ol|li|strong|a|em|div|span)\b", re.IGNORECASE | re.ASCII)
_BREAK = re.compile(r"</(?:p|li|div)>|<br\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
#: A bare comma stands between two names; comma and blank belong to one (``Examplová, PhD``).
_BETWEEN_NAMES = re.compile(r",(?! )")
_BETWEEN_KEYS = re.compile(r",")

_since_2021 = has("conversationid", "from", "to", "date", "content", "senderprofileurl")
_until_2020 = has("from", "to", "date", "content", "direction", "folder")
_inbox = has("from", "to", "date", "content")


def is_messages(columns: tuple[str, ...]) -> bool:
    """Return whether a header is that of messages, in any layout."""
    return _since_2021(columns) or _until_2020(columns)


def identify(path: str, head: bytes) -> bool:
    """Return whether this is a file of messages and no transcript."""
    key = file_key(path)
    if key == "inbox":
        return is_table(path, head, _inbox, "inbox")
    if key != "messages" and key.endswith("messages"):
        return False
    return is_table(path, head, is_messages, "messages")


def extract(content: Content, path: str) -> Iterator[Record]:
    """Yield the table for the engine, or frames of events where the engine cannot read it."""
    with content.open() as file:
        head = file.read(HEAD_SIZE)
    header = find_header(head, _inbox)
    if header is None:
        yield no_table(head)
    elif _engine_reads(head, header):
        yield Table(
            skip=header.line,
            delimiter=header.delimiter,
            columns=header.columns,
            package="notworking.ingest.linkedin",
            select="messages.sql",
        )
    else:
        yield from _row_by_row(content.read(), header)


def mend(columns: tuple[str, ...], cells: list[str], place: str) -> Event | Reject:
    """Return the event that one row holds, or the reason why it holds none."""
    fitted = fit(_realigned(columns, cells), len(columns), columns.index("content"), ",")
    row = dict(zip(columns, (cell.strip(_BLANKS) for cell in fitted), strict=True))
    reason = _defect(row)
    at = moment(row["date"])
    if reason is None and at is None:
        reason = "the date of the message is missing or unreadable"
    if reason is not None or at is None:
        return Reject(place, reason or "", shorten(",".join(cells)))
    sender = Party(profile_key(row.get("senderprofileurl", "")), person_name(row["from"]))
    others = _recipients(row["to"], row.get("recipientprofileurls", ""))
    thread = row.get("conversationid") or _names_key(row)
    body = row["content"]
    event = Event(
        place=place,
        kind=_kind(row),
        key=f"{thread}|{iso(at)}|{sender.key or row['from']}|{_digest(body)}",
        party=sender,
        recipients=others,
        thread_key=thread,
        thread_size=None if others is None else len(others) + 1,
        at=at,
        text=(_plain(body) if "conversationid" in row else html.unescape(body)) or None,
        one_click=body in ONE_CLICK,
    )
    return _directed(event, row.get("direction", ""))


def _digest(body: str) -> str:
    """Return what tells the words of one message from those of another, whatever stands between."""
    for blank in _BLANKS:
        body = body.replace(blank, "")
    return hashlib.md5(body.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:16]


def _engine_reads(head: bytes, header: Header) -> bool:
    """Return whether the head is plain UTF-8 with the header on top, in a layout of the select."""
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return (
        header.line == 1
        and header.delimiter == ","
        and header.line_end == "\n"
        and "" not in header.columns
        and "direction" not in header.columns
        and _since_2021(header.columns)
    )


def _row_by_row(data: bytes, header: Header) -> Iterator[Record]:
    made = (mend(header.columns, row.cells, f"line {row.line}") for row in table_rows(data, header))
    while chunk := list(islice(made, CHUNK)):
        yield as_frame(one for one in chunk if isinstance(one, Event))
        yield from (one for one in chunk if isinstance(one, Reject))


def _realigned(columns: tuple[str, ...], cells: list[str]) -> list[str]:
    """Return the cells with those surplus ones only that commas inside the text have made.

    Surplus empty cells at the end mean nothing by themselves, and the engine drops them without a
    word. But if the folder stands too far to the right, as many belong to the row as it is off.
    """
    if not any(cells[len(columns) :]):
        cells = cells[: len(columns)]
    place = columns.index("folder") if "folder" in columns else len(cells)
    if len(cells) != len(columns) or cells[place : place + 1] in ([], [""], *_FOLDERS):
        return cells
    right = next((n for n in range(place + 1, len(cells)) if [cells[n]] in _FOLDERS), place)
    return cells + [""] * (right - place)


def _defect(row: dict[str, str]) -> str | None:
    """Return why a row is no message, if so; the header once more among them."""
    if row["date"].casefold() == "date" and row["from"].casefold() == "from":
        return "the header line once more"
    for name in ("ismessagedraft", "isconversationdraft"):
        if row.get(name, "").casefold() in ("yes", "true"):
            return "draft, never sent"
    if "conversationid" in row and not row["conversationid"] and not row["to"]:
        return "draft, never sent"
    return None


def _kind(row: dict[str, str]) -> str:
    if row.get("conversationtitle") == "Sponsored Conversation":
        return "sponsored"
    return "message" if row["from"] else "system"


def _recipients(to: str, urls: str) -> tuple[Party, ...] | None:
    """Pair names with addresses; where their numbers differ, the addresses are right.

    The stand-in of members who are gone has no address; it counts as a member without a name.
    """
    names = _split(to, _BETWEEN_NAMES)
    keys = [profile_key(url) for url in _split(urls, _BETWEEN_KEYS)]
    known = [name for name in names if name != NOBODY]
    gone = len(names) - len(known)
    if not names and not keys:
        return None
    pairs: list[tuple[str | None, str | None]]
    if not keys:
        pairs = [(None, name) for name in known]
    elif len(keys) == len(known):
        pairs = list(zip(keys, known, strict=True))
    elif len(keys) == len(names):
        pairs = [(key, person_name(name)) for key, name in zip(keys, names, strict=True)]
        gone = 0
    else:
        pairs = [(key, None) for key in keys]
    return tuple(Party(*pair) for pair in pairs) + (Party(None, None),) * gone


def _split(text: str, comma: re.Pattern[str]) -> list[str]:
    parts = text.split(";") if ";" in text and "," not in text else comma.split(text)
    return [part for part in (part.strip(_BLANKS) for part in parts) if part]


def _names_key(row: dict[str, str]) -> str:
    """Return a thread key for layouts without one: who takes part, the sender among them."""
    names = {row["from"], *_split(row["to"], _BETWEEN_NAMES)}
    return "names:" + "|".join(sorted(name.lower() for name in names if name))


def _directed(event: Event, direction: str) -> Event:
    """Turn the event to its counterpart where the row says which side the owner is on."""
    others = event.recipients or ()
    if len(others) != 1 or event.kind != "message":
        return event
    if direction.upper() == "INCOMING":
        return replace(event, direction="in")
    if direction.upper() == "OUTGOING":
        return replace(event, direction="out", party=others[0])
    return event


def _plain(body: str) -> str:
    """Return the text of a body; tags and entities are taken out only where it is HTML.

    Before 2021 there were entities and no tags.
    """
    if not _HTML.search(body):
        return body
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", body))).replace("\xa0", " ")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


IMPORTER = Importer(
    name="linkedin.messages",
    source="linkedin",
    files="messages.csv",
    yields="messages, with sender, recipients and conversation",
    identify=identify,
    extract=extract,
    mend=mend,
)
