"""The ways to reach somebody, and the places, that a row's fields tell of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from notworking.ingest._vcard_countries import is_international, stated_region
from notworking.ingest.contacts._fields import Cell, Fields, emails, is_address
from notworking.ingest.contacts._values import digits_of
from notworking.records import Point

_ADDRESS_PARTS = ("street", "city", "region", "postal_code", "country")
_PLACE_PARTS = ("city", "region", "country")
_PROFILE = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(linkedin\.com/(?:in|pub)|facebook\.com)/.+", re.I
)
_URL = re.compile(r"(?:https?://\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)", re.I)
_HANDLE_HOST = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:twitter|x|instagram|github|facebook)\.com/+@?([^/?#\s]+)/?.*",
    re.I,
)


def read_points(fields: Fields) -> tuple[Point, ...]:
    """Return every way to reach somebody, each once, in the order of the columns."""
    points = [Point("email", address, label or None) for address, label in emails(fields)]
    points += _phones(fields)
    points += [Point("url", cell.value, cell.label or None) for cell in fields.get("url", ())]
    points += [_handle(cell) for cell in fields.get("handle", ())]
    points += _addresses(fields)
    return tuple(dict.fromkeys(points))


def identifier(fields: Fields) -> str | None:
    """Return what identifies somebody inside the source: the e-mail, else the phone."""
    for address, _ in emails(fields):
        if is_address(address):
            return address.lower()
    numbers = sorted(fields.get("phone", ()), key=lambda cell: _is_office_line(cell.label))
    return next((digits for cell in numbers if (digits := digits_of(cell.value))), None)


def location(fields: Fields) -> str | None:
    """Return city, region and country of the home address, else of the first that has any."""
    stated = next((cell.value for cell in fields.get("location", ())), None)
    blocks = sorted(_blocks(fields, _PLACE_PARTS).items(), key=lambda one: "home" not in one[0])
    for _, parts in blocks:
        return ", ".join(dict.fromkeys(_ordered(parts, _PLACE_PARTS)))
    return stated


def profile_url(points: Iterable[Point]) -> str | None:
    """Return the LinkedIn address, else the Facebook one, else none."""
    found = [point.raw for point in points if point.kind == "url" and _PROFILE.fullmatch(point.raw)]
    return min(found, key=lambda url: "linkedin" not in url.lower(), default=None)


def _is_office_line(label: str) -> bool:
    """Whether a number is a machine's or a switchboard's rather than somebody's own."""
    return label.endswith("fax") or label in ("pager", "main")


def _phones(fields: Fields) -> list[Point]:
    cells = [cell for cell in fields.get("phone", ()) if any(map(str.isdigit, cell.value))]
    if all(is_international(cell.value) for cell in cells):
        region = None
    else:
        countries = (cell.value for cell in fields.get("country", ()))
        region = stated_region([cell.value for cell in cells], countries)
    return [
        Point(
            "phone",
            cell.value,
            cell.label or None,
            None if is_international(cell.value) else region,
        )
        for cell in cells
    ]


def _handle(cell: Cell) -> Point:
    """Return a handle without the address that may stand around it."""
    linked = _HANDLE_HOST.fullmatch(cell.value)
    value = linked[1] if linked else cell.value.removeprefix("@")
    if not linked and _URL.fullmatch(cell.value) and "/" in cell.value:
        return Point("url", cell.value, cell.label or None)
    return Point("handle", value or cell.value, cell.label or None)


def _addresses(fields: Fields) -> list[Point]:
    whole = fields.get("address", [])
    named = {cell.block for cell in whole if cell.block}
    points = [Point("address", " ".join(cell.value.split()), cell.label or None) for cell in whole]
    for block, parts in _blocks(fields, _ADDRESS_PARTS).items():
        # Where the address stands written out as well, its parts would repeat it.
        if block not in named:
            label = next(cell.label for cells in parts.values() for cell in cells)
            written = ", ".join(_ordered(parts, _ADDRESS_PARTS))
            points.append(Point("address", " ".join(written.split()), label or None))
    return points


def _blocks(fields: Fields, wanted: tuple[str, ...]) -> dict[str, dict[str, list[Cell]]]:
    """Return the parts of each address, by the block of columns it stands in."""
    blocks: dict[str, dict[str, list[Cell]]] = {}
    for name in wanted:
        for cell in fields.get(name, ()):
            blocks.setdefault(cell.block, {}).setdefault(name, []).append(cell)
    return blocks


def _ordered(parts: dict[str, list[Cell]], wanted: tuple[str, ...]) -> list[str]:
    return [cell.value for name in wanted for cell in parts.get(name, ())]
