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


def _region(said: Said) -> str | None:
    """Return the country that the card states, if one of its numbers needs it."""
    for number in said.numbers:
        if not is_international(number.value):
            break
    else:
        return None
    stated = [number.whatsapp or number.value for number in said.numbers]
    named = [address.parts[6] for address in said.addresses]
    return stated_region(stated, [*named, *said.lists.get("address_countries", ())])


def _phones(said: Said) -> list[Point]:
    region = _region(said)
    points = []
    for number in said.numbers:
        if _DIGIT.search(number.value):
            default = None if region is None or is_international(number.value) else region
            points.append(Point("phone", number.value, number.label, default))
        if number.whatsapp and _digits(number.whatsapp) != _digits(number.value):
            points.append(Point("phone", number.whatsapp, "WhatsApp"))
    return points


def read_points(said: Said) -> tuple[Point, ...]:
    """Return every way to reach the subject of a card, each once."""
    points = []
    for mail in said.mails:
        if "x400" not in mail.types:  # a path inside a directory, not an address
            points.append(Point("email", mail.value, mail.label))
    if said.numbers:
        points += _phones(said)
    for url, label in said.urls:
        points.append(Point("url", url, label))
    for service, user in said.accounts:
        points.append(Point("handle", user, service))
    for address in said.addresses:
        points.append(Point("address", ", ".join(filter(None, address.parts)), address.label))
    if not said.addresses:
        for written in said.written_addresses:
            points.append(Point("address", written))
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
        addresses = tuple(sorted(addresses, key=lambda address: not address.home))
    for address in addresses:
        _, _, _, city, region, _, country = address.parts
        place = ", ".join(filter(None, (city, region, country)))
        if place:
            return place
    return None
