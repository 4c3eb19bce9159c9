"""Tolerant reading of one JSON file: the complete records before a cut or a fault are kept."""

from __future__ import annotations

import json
import re

from notworking.ingest._mojibake import repair_all
from notworking.ingest.importer import Content, shorten
from notworking.records import Reject

_DECODER = json.JSONDecoder(strict=False)
_BLANK = re.compile(r"[\s,:]*")
_CONTEXT = 200


def load(content: Content) -> tuple[object, Reject | None]:
    """Parse a file and repair its strings and keys.

    Returns:
        The value (None where nothing could be read), and a reject for what could not be read.
    """
    text = content.read().decode("utf-8-sig", "replace")
    if not text.strip():
        return None, Reject("file", "the file is empty; export it again")
    try:
        return repair_all(json.loads(text, strict=False)), None
    except (ValueError, RecursionError):
        pass
    value, end, place = _salvage(text)
    raw = shorten(text[end : end + _CONTEXT])
    if not value:
        return None, Reject("file", "not JSON: nothing could be read; export it again", raw)
    reason = "not JSON from here on, nothing after it was read"
    return repair_all(value), Reject(place, reason, raw)


def _salvage(text: str) -> tuple[object, int, str]:
    """Return what is complete, where it ends, and the JSON path of what comes next."""
    start = _skip(text, 0)
    if text[start : start + 1] == "[":
        items, end = _items(text, start + 1)
        return items, end, f"[{len(items)}]"
    if text[start : start + 1] == "{":
        return _fields(text, start + 1)
    return None, start, "file"


def _fields(text: str, at: int) -> tuple[object, int, str]:
    fields: dict[str, object] = {}
    while True:
        key, end = _value(text, _skip(text, at))
        if not isinstance(key, str):
            return fields, at, "file"
        inner = _skip(text, end)
        value, end = _value(text, inner)
        if end > inner:
            fields[key] = value
            at = end
            continue
        if text[inner : inner + 1] == "[":
            items, end = _items(text, inner + 1)
            if items:
                fields[key] = items
            return fields, end, f"{key}[{len(items)}]"
        return fields, inner, key


def _items(text: str, at: int) -> tuple[list[object], int]:
    items: list[object] = []
    while True:
        start = _skip(text, at)
        value, end = _value(text, start)
        if end == start:
            return items, start
        items.append(value)
        at = end


def _value(text: str, at: int) -> tuple[object, int]:
    """Return the complete value at a position and its end; the position where there is none."""
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, at


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
