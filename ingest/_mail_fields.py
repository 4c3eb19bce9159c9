"""Mail files, second step: the fields of a head to text, addresses and times.

Fields are picked and split here instead of by the standard library's parser, which takes three
times as long; it still reads what is too unusual. What a mail means is not known here.
"""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache

_NEEDED = (
    "From", "To", "Cc", "Bcc", "Reply-To", "Date", "Message-ID", "In-Reply-To", "References",
    "Subject", "X-GM-THRID", "X-Gmail-Labels", "List-Id", "List-Unsubscribe", "Precedence",
    "Auto-Submitted", "X-Auto-Response-Suppress", "Return-Path", "Delivered-To", "Received",
)  # fmt: skip
_FIELD = re.compile(
    rb"^(" + "|".join(_NEEDED).encode() + rb")[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)",
    re.IGNORECASE | re.MULTILINE,
)
#: Of these a mail may have several; of the others the first counts.
_ADDRESS_LISTS = frozenset({"to", "cc", "bcc"})
_FOLD = re.compile(r"\r?\n[ \t]+|\r")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_WORDS = re.compile(rf"{_WORD.pattern}(?:\s*{_WORD.pattern})*")
#: Possessive throughout: a field may be a megabyte of blanks.
_MAILBOX = re.compile(
    r'\s*+(?:(?:"((?:[^"\\]|\\.)*+)"\s*+|([^<>",:;()\\]*+))'
    r'<\s*+([^<>\s@,;:()"]++@[^<>\s@,;:()"]++)\s*+>'
    r'|([^<>\s@,;:()"]++@[^<>\s@,;:()"]++))\s*+(?:,|$)'
)
#: What is too unusual for it goes to the standard library, which takes its time.
_UNUSUAL_LIMIT = 10_000
_LONGEST_ADDRESS = 320
_LONGEST_DATE = 200
_FIRST_YEAR, _LAST_YEAR = 1990, 2099

Address = tuple[str, str | None]


def fields(head: bytes) -> dict[str, str]:
    """Return the needed fields by lower-case name, unfolded, with encoded words as they stand."""
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(head):
        key = name.decode("ascii").lower()
        if key not in found:
            found[key] = _text(value)
        elif key in _ADDRESS_LISTS:
            found[key] += ", " + _text(value)
    return found


def _text(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("cp1252", "replace")
    if "\n" in text or "\r" in text:
        text = _FOLD.sub(" ", text)
    return text.replace("\0", "").strip()


def decoded(text: str) -> str:
    """Return text with its encoded words decoded; words in an unknown character set stay."""
    return _WORDS.sub(_decoded_words, text) if "=?" in text else text


def _decoded_words(match: re.Match[str]) -> str:
    """Decode neighbours together: a character may be split between two of the same set."""
    runs: list[tuple[str, bytes]] = []
    for charset, encoding, payload in _WORD.findall(match.group()):
        plain = _payload(encoding, payload)
        name = charset.partition("*")[0].lower()
        if plain is None:
            return match.group()
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1] + plain)
        else:
            runs.append((name, plain))
    try:
        text = "".join(plain.decode(name, "replace") for name, plain in runs)
    except (LookupError, ValueError):
        return match.group()
    return text.encode("utf-8", "replace").decode("utf-8")


def _payload(encoding: str, payload: str) -> bytes | None:
    raw = payload.encode("utf-8", "replace")
    try:
        if encoding in "bB":
            return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
        return binascii.a2b_qp(raw, header=True)
    except binascii.Error:
        return None


# --- addresses -----------------------------------------------------------------------------------


def addresses(value: str) -> list[Address]:
    """Return lower-case address and name of everybody in a field."""
    found: list[Address] = []
    at, end = 0, len(value)
    while at < end:
        match = _MAILBOX.match(value, at)
        if match is None:
            found += _unusual(value[at : at + _UNUSUAL_LIMIT])
            break
        quoted, plain, address, bare = match.groups()
        name = plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        found.append(_address(address or bare, name or ""))
        at = match.end()
    return [one for one in found if one[0]]


def _unusual(value: str) -> list[Address]:
    try:
        return [_address(address, name) for name, address in getaddresses([value])]
    except (RecursionError, IndexError, ValueError):
        # Comments nested thousands deep, and other attacks on readers of mail.
        return []


@lru_cache(maxsize=65536)
def _address(address: str, name: str) -> Address:
    """Return an address in one spelling (nothing for what is none), and a name that says more."""
    address = address.strip("'\" <>").lower()
    whole = all(address.split("@")) and len(address) <= _LONGEST_ADDRESS
    if not whole or address.count("@") != 1 or any(sign.isspace() for sign in address):
        address = ""
    name = " ".join(decoded(name).replace("\0", "").split())
    if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return address, None if not name or name.lower() == address else name


# --- times ---------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DATE = re.compile(
    r"(?:[A-Za-z]{3,9},?\s*)?(?P<d>\d{1,2})\s+(?P<m>[A-Za-z]{3})\s+(?P<y>\d{4})"
    r"\s+(?P<h>\d{1,2}):(?P<min>\d\d)(?::(?P<s>\d\d))?\s*(?P<z>[+-]\d{4}|GMT|UTC?|Z)?(?:\s*\(.*)?$",
    re.ASCII,
)
_ENVELOPE_DATE = re.compile(
    r"(?P<m>[A-Za-z]{3})\s+(?P<d>\d{1,2})\s+(?P<h>\d\d):(?P<min>\d\d)(?::(?P<s>\d\d))?"
    r"(?:\s+(?P<z>[+-]\d{4}))?(?:\s+[A-Z]{3,4})?\s+(?P<y>\d{4})(?:\s+(?P<z2>[+-]\d{4}))?\s*$",
    re.ASCII,
)


def sent_at(value: str) -> datetime | None:
    """Return the time a ``Date`` field tells, in UTC; None for nonsense."""
    value = value[:_LONGEST_DATE]
    match = _DATE.match(value)
    if match is not None:
        return _moment(match, match["z"])
    try:
        at = parsedate_to_datetime(value)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return at if _FIRST_YEAR <= at.year <= _LAST_YEAR else None


def delivered_at(envelope: str) -> datetime | None:
    """Return the time at the end of the line that begins a mail in a mailbox."""
    match = _ENVELOPE_DATE.search(envelope)
    return _moment(match, match["z"] or match["z2"]) if match else None


def _moment(match: re.Match[str], zone: str | None) -> datetime | None:
    year, month = int(match["y"]), _MONTHS.get(match["m"].lower(), 0)
    offset = timedelta()
    if zone and zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
        offset = -offset if zone[0] == "-" else offset
    if not _FIRST_YEAR <= year <= _LAST_YEAR or abs(offset) >= timedelta(hours=24):
        return None
    clock = int(match["h"]), int(match["min"]), min(int(match["s"] or 0), 59)
    try:
        return datetime(year, month, int(match["d"]), *clock, tzinfo=timezone(offset)).astimezone(
            UTC
        )
    except ValueError:
        return None
