"""Single cells: blanks and spreadsheet wrappers off, addresses and numbers out of them.

Nothing is normalised or evaluated: a cell that begins like a formula stays text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from notworking.ingest._csv import repair

EMAIL = re.compile(r"[^\s<>()\[\],;:\"'|]+@[^\s<>()\[\],;:\"'|@]+\.[^\s<>()\[\],;:\"'|@.]+")
#: Google's sign between the values of one cell.
SEVERAL = ":::"

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)
#: A spreadsheet's mark for "this is text": only where the rest would be a number or a formula.
_MARKED = re.compile(r"'(?=[-+=@\d])")
#: What programs write into a cell that holds nothing.
_EMPTY = frozenset(
    {
        *("-", "--", "_", ".", "n/a", "none", "null", "unspecified", "(none)", "(null)"),
        *("0/0/00", "0/0/0000", "00/00/00", "00.00.00"),
        *("#n/a", "#name?", "#ref!", "#value!"),
    }
)
_LONGEST_EMPTY = max(map(len, _EMPTY))
_PHONE = re.compile(r"[\d\s+().\-/·*#]+(?:\s*(?:ext\.?|x|#)\s*\d+)?", re.I)
_PHONE_DIGITS = range(7, 16)
_SEVERAL_PHONES = re.compile(r"\s+/\s+|\s+or\s+|\s*:::\s*|;(?!\s*ext)|\n", re.I)
#: Digits that a spreadsheet rounded away cannot be told any more.
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.I)
_SHORTEST_NUMBER = 6
_LONGEST_CELL, _LONGEST_NUMBER = 2000, 200


def clean(cell: str) -> str:
    """Return a cell's text; empty for the tokens that stand for nothing."""
    text = cell
    if not text.isascii():
        text = _UNSEEN.sub("", repair(text)).replace("\u00a0", " ").replace("\u202f", " ")
        text = unicodedata.normalize("NFC", text)
    elif "\x00" in text:
        text = _UNSEEN.sub("", text)
    text = text.strip()
    if text[:1] in ("=", "'"):
        wrapped = _WRAPPED.fullmatch(text)
        text = wrapped[1].strip() if wrapped else _MARKED.sub("", text, count=1)
    if len(text) <= _LONGEST_EMPTY and text.lower() in _EMPTY:
        return ""
    return text


def parts(text: str) -> list[str]:
    """Return the values of one cell, where Google joined several."""
    if SEVERAL not in text:
        return [text]
    return [part.strip() for part in text.split(SEVERAL) if part.strip()]


def addresses(text: str) -> list[str]:
    """Return the e-mail addresses that a text holds."""
    if "@" not in text:
        return []
    # Looking for addresses takes the square of the length, and no cell of addresses is so long.
    matches = EMAIL.findall(text[:_LONGEST_CELL])
    found = (match.removeprefix("mailto:").rstrip(".") for match in matches)
    return list(dict.fromkeys(found))


def is_phone(text: str) -> bool:
    """Whether a text has the shape of a phone number."""
    if _ROUNDED.fullmatch(text):
        return True
    digits = sum(char.isdigit() for char in text)
    return digits in _PHONE_DIGITS and _PHONE.fullmatch(text) is not None


def digits_of(text: str) -> str:
    """Return the digits of the first number in a text, as far as they can name somebody."""
    first = next(
        (part for part in _SEVERAL_PHONES.split(text[:_LONGEST_NUMBER]) if part and part.strip()),
        "",
    )
    if _ROUNDED.fullmatch(first.strip()):
        return ""
    bare = unicodedata.normalize(
        "NFKC", re.split(r"(?:ext|x|,,|#)", first, maxsplit=1, flags=re.I)[0]
    )
    found = "".join(char for char in bare if char in "0123456789")
    return found if len(found) >= _SHORTEST_NUMBER else ""


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return a name for comparing inside one file: lower case, one blank."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
