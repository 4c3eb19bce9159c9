"""vCard files: what one card says, sorted, nothing concluded yet.

``_vcard_take`` fills it, property by property. Mails and numbers are shown in ``raw`` as they are,
without the fields that hold nothing.
"""

from __future__ import annotations

import msgspec

from notworking.ingest._vcard_head import Head


class Number(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A phone number as written, without ``tel:``."""

    value: str = ""
    label: str | None = None
    types: tuple[str, ...] = ()
    whatsapp: str | None = None


class Mail(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A mail address without ``mailto:`` and without a name around it."""

    value: str = ""
    label: str | None = None
    types: tuple[str, ...] = ()


class Address(msgspec.Struct, frozen=True, gc=False):
    """Box, extension, street, city, region, code and country."""

    parts: list[str]
    label: str | None
    home: bool


class Said(msgspec.Struct, gc=False):
    """What one card says.

    Tuples are for what properties add one at a time, at most some hundreds; most stay empty, which
    costs nothing.

    Attributes:
        labels: The labels of groups, from ``X-ABLabel``.
        texts: First value of properties that say one thing, by our name for it.
        spoken: Likewise, of those that say how the name is spoken.
        lists: Values of those that may say several.
        accounts: Service and user.
        urls: Address and label.
        related: Label and name of people named on the card.
        dates: Label and text of dates other than the birthday.
        birthdays: Text, and Apple's year for "none".
        other: How often properties stand there that nothing reads.
    """

    labels: dict[str, str] = {}
    texts: dict[str, str] = {}
    spoken: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    notes: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    mails: tuple[Mail, ...] = ()
    addresses: tuple[Address, ...] = ()
    written_addresses: tuple[str, ...] = ()
    urls: tuple[tuple[str, str | None], ...] = ()
    accounts: list[tuple[str, str]] = []
    related: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    birthdays: tuple[tuple[str, str | None], ...] = ()
    other: dict[str, int] = {}


def label_of(said: Said, head: Head) -> str | None:
    """Return the label of a point: the person's own words, else what its types say."""
    own = (said.labels.get(head.group) if head.group else None) or head.label
    if not own:
        return head.type_label
    for word in ("fax", "pager"):  # these never tell who somebody is, whatever they are called
        if word in head.types and word not in own.lower():
            return f"{own} {word}"
    return own
