"""vCard files: the ways to reach somebody. Values stay as written; see ``resolve`` for cleaning."""

from __future__ import annotations

import re

from notworking.ingest._vcard_countries import is_international, stated_region
from notworking.ingest._vcard_said import Said
from notworking.records import Point

_NO_DIGIT = re.compile(r"\D+")


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)


def _region(said: Said) -> str | None:
    """Return the country that the card states, if one of its numbers needs it."""
    if all(is_international(number.value) for number in said.numbers):
        return None
    stated = [number.whatsapp or number.value for number in said.numbers]
    named = [address.parts[6] for address in said.addresses]
    return stated_region(stated, [*named, *said.lists.get("address_countries", ())])


def _phones(said: Said) -> list[Point]:
    region = _region(said)
    points = []
    for number in said.numbers:
        if _digits(number.value):
            default = None if is_international(number.value) else region
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
    points += [Point("url", url, label) for url, label in said.urls]
    points += [Point("handle", user, service) for service, user in said.accounts]
    points += [
        Point("address", ", ".join(filter(None, address.parts)), address.label)
        for address in said.addresses
    ]
    if not said.addresses:
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
    for address in sorted(said.addresses, key=lambda address: not address.home):
        _, _, _, city, region, _, country = address.parts
        place = ", ".join(part for part in (city, region, country) if part)
        if place:
            return place
    return None
