"""vCard files: what one card says, sorted, nothing concluded yet.

``_vcard_take`` fills it, property by property.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from notworking.ingest._vcard_head import Head


@dataclass(slots=True)
class Number:
    """A phone number as written, without ``tel:``."""

    value: str
    label: str | None
    types: tuple[str, ...]
    whatsapp: str | None


@dataclass(slots=True)
class Mail:
    """A mail address without ``mailto:`` and without a name around it."""

    value: str
    label: str | None
    types: tuple[str, ...]


@dataclass(slots=True)
class Address:
    """Box, extension, street, city, region, code and country."""

    parts: list[str]
    label: str | None
    home: bool


@dataclass(slots=True)
class Said:
    """What one card says.

    Attributes:
        texts: First value of properties that say one thing, by our name for it.
        lists: Values of those that may say several.
        accounts: Service and user.
        urls: Address and label.
        related: Label and name of people named on the card.
        dates: Label and text of dates other than the birthday.
        birthdays: Text, and Apple's year for "none".
        labels: The labels of groups, from ``X-ABLabel``.
        other: How often properties stand there that nothing reads.
    """

    labels: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    written_addresses: list[str] = field(default_factory=list)
    urls: list[tuple[str, str | None]] = field(default_factory=list)
    accounts: list[tuple[str, str]] = field(default_factory=list)
    related: list[tuple[str, str]] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    birthdays: list[tuple[str, str | None]] = field(default_factory=list)
    other: dict[str, int] = field(default_factory=dict)


_MOBILE = frozenset({"cell", "mobile", "iphone"})
_PLACES = ("work", "home", "other", "car", "main")


@lru_cache(maxsize=1024)
def _type_label(types: tuple[str, ...]) -> str | None:
    words = [place for place in _PLACES if place in types]
    if "fax" in types:
        words.append("fax")
    elif "pager" in types:
        words.append("pager")
    elif not _MOBILE.isdisjoint(types):
        words.append("mobile")
    return " ".join(words) or None


def label_of(said: Said, head: Head) -> str | None:
    """Return the label of a point: the person's own words, else what its types say."""
    own = said.labels.get(head.group) or head.label
    if not own:
        return _type_label(head.types)
    for word in ("fax", "pager"):  # these never tell who somebody is, whatever they are called
        if word in head.types and word not in own.lower():
            return f"{own} {word}"
    return own
