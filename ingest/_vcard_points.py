"""vCard files: the ways to reach somebody. Values stay as written; see ``resolve`` for cleaning."""

from __future__ import annotations

import re

from notworking.ingest._vcard_countries import is_international, stated_region
from notworking.ingest._vcard_said import Said
from notworking.records import Point

_DIGIT = re.compile(r"\d")
_NO_DIGIT = re.compile(r"\D+")


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)


def _stated_region(said: Said) -> str | None:
    stated = [number.whatsapp or number.value for number in said.numbers]
    named = [address.parts[6] for address in said.addresses]
    return stated_region(stated, [*named, *said.lists.get("address_countries", ())])


def _phones(said: Said) -> list[Point]:
    """Return the numbers; those that need the country that the card states, with it."""
    national = [not is_international(number.value) for number in said.numbers]
    region = _stated_region(said) if True in national else None
    points = []
    for number, needs_region in zip(said.numbers, national, strict=True):
        if _DIGIT.search(number.value):
            default = region if needs_region else None
            points.append(Point("phone", number.value, number.label, default))
        if number.whatsapp and _digits(number.whatsapp) != _digits(number.value):
            points.append(Point("phone", number.whatsapp, "WhatsApp"))
    return points


def read_points(said: Said) -> tuple[Point, ...]:
    """Return every way to reach the subject of a card, each once."""
    points = [
        Point("email", mail.value, mail.label)
        for mail in said.mails
        if "x400" not in mail.types  # a path inside a directory, not an address
    ]
    if said.numbers:
        points += _phones(said)
    if said.urls:
        points += [Point("url", url, label) for url, label in said.urls]
    if said.accounts:
        points += [Point("handle", user, service) for service, user in said.accounts]
    if said.addresses:
        points += [
            Point("address", ", ".join(filter(None, address.parts)), address.label)
            for address in said.addresses
        ]
    elif said.written_addresses:
        points += [Point("address", written) for written in said.written_addresses]
    return tuple(points) if len(points) < 2 else tuple(dict.fromkeys(points))


def profile_url(said: Said) -> str | None:
    """Return the LinkedIn address, else the Facebook one, else none."""
    for service in ("linkedin", "facebook"):
        for url, label in said.urls:
            if label == service:
                return url
    return None


def location(said: Said) -> str | None:
    """Return city, region and country of the home address, else of the first that has any."""
    addresses = said.addresses
    if len(addresses) > 1:
        addresses = sorted(addresses, key=lambda address: not address.home)
    for address in addresses:
        _, _, _, city, region, _, country = address.parts
        place = ", ".join(part for part in (city, region, country) if part)
        if place:
            return place
    return None
