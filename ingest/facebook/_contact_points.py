"""E-mail addresses and phone numbers in uploaded contacts, told by label first and shape second.

Nothing is normalised: a number keeps its spelling, without direction marks and ``tel:``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from notworking.ingest.facebook._generic import NAME_LABELS, entries
from notworking.ingest.facebook._values import key_name, microseconds, text
from notworking.records import Point

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"\+?[\d\s().\-/·]+(?:(?:ext\.?|x|#)\s*\d+)?", re.IGNORECASE)
_DIGITS = range(7, 16)
#: Captions of values that are neither the name nor a contact point of the person.
_OTHER_LABELS = frozenset({"user_id", "user id", "url", "uri"})
_POINT_LABELS = frozenset({"contact point", "punkt kontaktowy", "kontaktpunkt"})


@dataclass(frozen=True, slots=True)
class Found:
    """What one record says: a name, ways to reach, and a time as written."""

    name: str | None
    points: tuple[Point, ...]
    at: object


def is_phone(value: str) -> bool:
    """Whether a text has the shape of a phone number."""
    digits = sum(character.isdigit() for character in value)
    return digits in _DIGITS and _PHONE.fullmatch(value) is not None


def clean_point(value: object) -> Point | None:
    """Return an e-mail, a phone or a handle; None for an empty value."""
    known = text(value)
    if known is None:
        return None
    plain = key_name(re.sub(r"^(?:mailto|tel):", "", known, flags=re.IGNORECASE))
    if _MAIL.fullmatch(plain):
        return Point("email", plain)
    if _PHONE.fullmatch(plain):
        return Point("phone", plain)
    return Point("handle", plain) if plain else None


def read_points(record: object) -> Found:
    """Read one record or ``dict`` of uploaded contacts."""
    points: list[Point] = []
    named = spare = None
    at: object = None
    for entry in entries(record):
        if microseconds(entry.at) is not None:
            at = entry.at
        value = entry.value
        if value is None or entry.label in _OTHER_LABELS:
            continue
        plain = key_name(value)
        if entry.label in NAME_LABELS:
            named = named or value
        elif entry.label in _POINT_LABELS or _MAIL.fullmatch(plain) or is_phone(plain):
            point = clean_point(value)
            points += [point] if point is not None else []
        elif "://" not in value and not value.isdigit():
            spare = spare or value
    return Found(named or spare, tuple(dict.fromkeys(points)), at)
