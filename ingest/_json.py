"""Tolerant reading of one JSON file: what stands before a cut or a fault is kept.

Exports are cut off by full disks and broken downloads, and one writer left ``[object Object]``.
``load`` gives the parsed value and, where the text does not parse to its end, one reject for the
rest. An element of a list that is itself damaged is not kept, only the complete ones before it. It
knows nothing of what the values mean.
"""

from __future__ import annotations

import json
import re

from notworking.ingest._mojibake import repair_all
from notworking.ingest.importer import Content, shorten
from notworking.records import Reject

_DECODER = json.JSONDecoder(strict=False)
_BLANK = re.compile(r"[ \t\r\n]*")
#: Containers around the records of a known file are at most three deep.
_NESTING = 6
_CONTEXT = 200


class _CutError(Exception):
    """Reading stopped at ``at``; ``value`` is what was complete before it."""

    def __init__(self, value: object, at: int, place: str) -> None:
        super().__init__(place)
        self.value = value
        self.at = at
        self.place = place


def text_of(data: bytes) -> str:
    """Decode as UTF-8, with or without a byte order mark; bytes that are not become ``�``."""
    return data.decode("utf-8-sig", "replace")


def load(content: Content) -> tuple[object, Reject | None]:
    """Parse a file and repair its strings.

    Returns:
        The value (None where nothing could be read), and a reject for what could not be read.
    """
    value, reject = load_raw(text_of(content.read()))
    return repair_all(value), reject


def load_raw(text: str) -> tuple[object, Reject | None]:
    """Parse a text without repairing its strings; returns as ``load``."""
    if not text.strip():
        return None, Reject("file", "the file is empty; export it again")
    try:
        return json.loads(text, strict=False), None
    except (ValueError, RecursionError):
        pass
    try:
        start = _skip(text, 0)
        value, end = _value(text, start, "", 0)
    except _CutError as cut:
        return cut.value or None, _rest(text, cut)
    if not text[end:].strip():
        return value, None
    return value, Reject("file", "text after the end of the JSON", shorten(text[end:].strip()))


def _rest(text: str, cut: _CutError) -> Reject:
    raw = shorten(text[cut.at : cut.at + _CONTEXT])
    if not cut.value:
        return Reject("file", "not JSON: nothing could be read; export it again", raw)
    reason = "not JSON from here on, nothing after it was read"
    return Reject(shorten(cut.place), reason, raw, is_end=True)


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int, place: str, depth: int) -> tuple[object, int]:
    """Parse the value at a position, descending into it only if it is damaged."""
    try:
        return _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        pass
    opening = text[at : at + 1]
    if opening == "[" and depth < _NESTING:
        return _list(text, at + 1, place, depth)
    if opening == "{" and depth < _NESTING:
        return _object(text, at + 1, place, depth)
    raise _CutError(None, at, place or "file")


def _list(text: str, at: int, place: str, depth: int) -> tuple[object, int]:
    items: list[object] = []
    while True:
        at = _skip(text, at)
        here = f"{place}[{len(items)}]"
        try:
            item, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            raise _CutError(items, at, here) from None
        items.append(item)
        at = _skip(text, end)
        if text[at : at + 1] != ",":
            break
        at += 1
    if text[at : at + 1] == "]":
        return items, at + 1
    raise _CutError(items, at, here)


def _object(text: str, at: int, place: str, depth: int) -> tuple[object, int]:
    fields: dict[str, object] = {}
    while True:
        at = _skip(text, at)
        try:
            key, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            raise _CutError(fields, at, place or "file") from None
        at = _skip(text, end)
        if not isinstance(key, str) or text[at : at + 1] != ":":
            raise _CutError(fields, at, place or "file")
        here = f"{place}.{key}" if place else key
        try:
            fields[key], end = _value(text, _skip(text, at + 1), here, depth + 1)
        except _CutError as cut:
            if cut.value or isinstance(cut.value, list):
                fields[key] = cut.value
            raise _CutError(fields, cut.at, cut.place) from None
        at = _skip(text, end)
        if text[at : at + 1] != ",":
            break
        at += 1
    if text[at : at + 1] == "}":
        return fields, at + 1
    raise _CutError(fields, at, place or "file")
