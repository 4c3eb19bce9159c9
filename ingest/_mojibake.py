"""Repair of text that Meta's JSON exports write as one Latin-1 character for each UTF-8 byte.

The repair works on parsed strings, never on the raw bytes of a file: an escaped backslash before
``u00c3`` is text, and a decoded byte may be a quotation mark. It is decided for each string by
itself, so intact strings of a file that somebody edited or saved again stay as they are. A correct
text that looks like damage (somebody really typed ``Ã©``) cannot be told apart and is repaired too.
It does not normalise or trim names.
"""

from __future__ import annotations

import re

_SEQUENCE = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf]|\u00e0[\u00a0-\u00bf][\u0080-\u00bf]"
    "|[\u00e1-\u00ec\u00ee\u00ef][\u0080-\u00bf]{2}|\u00ed[\u0080-\u009f][\u0080-\u00bf]"
    "|\u00f0[\u0090-\u00bf][\u0080-\u00bf]{2}|[\u00f1-\u00f3][\u0080-\u00bf]{3}"
    "|\u00f4[\u0080-\u008f][\u0080-\u00bf]{2}"
)

#: Deeper nesting than any export has; beyond it values are dropped instead of exhausting the stack.
DEPTH_LIMIT = 60


def repair(text: str) -> str:
    """Return the text as its author wrote it, without NUL and without lone surrogates."""
    if text.isascii():
        return text.replace("\x00", "") if "\x00" in text else text
    try:
        mended = text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        mended = _SEQUENCE.sub(lambda m: m.group().encode("latin-1").decode("utf-8"), text)
        mended = mended.encode("utf-8", "replace").decode("utf-8")
    return mended.replace("\x00", "") if "\x00" in mended else mended


def repair_all(value: object, depth: int = 0) -> object:
    """Return parsed JSON with every string and every object key repaired."""
    if isinstance(value, str):
        return repair(value)
    if depth >= DEPTH_LIMIT:
        return None if isinstance(value, dict | list) else value
    if isinstance(value, list):
        return [repair_all(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {repair(str(key)): repair_all(item, depth + 1) for key, item in value.items()}
    return value
