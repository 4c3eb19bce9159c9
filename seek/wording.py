"""Plain words: what is left of a text once case, accents and punctuation are gone.

The same spelling as ``analyze/marts/words.sql`` gives the words of the database; a test compares
the two. What the words mean is not decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

#: Letters that lose no accent, and still are written otherwise where they are not known.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "ß": "ss", "æ": "ae"})
#: Scripts that put no blanks between words: Thai, kana, Han.
_UNSPACED = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e5b\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096"
    "\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f]"
)
_ASCII_WORD = re.compile(r"[a-z0-9+#]+")


def plain_words(text: str) -> list[str]:
    """Return the words of a text in order: lower case, no accents, unspaced scripts in pairs."""
    if text.isascii():
        return [word for token in _ASCII_WORD.findall(text.lower()) if (word := token.lstrip("+#"))]
    return [word for token in _tokens(text) for word in _spelled(token)]


def marked_words(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield begin and end of every word as it stands in a text, and its plain words."""
    for found in re.finditer(r"[^\W_](?:[^\W_]|[+#\u0300-\u036f])*", text):
        yield found.start(), found.end(), plain_words(found[0])


@lru_cache(maxsize=4096)
def _without_marks(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    kept = "".join(
        c for c in unicodedata.normalize("NFD", letter) if unicodedata.category(c)[0] != "M"
    )
    return unicodedata.normalize("NFC", kept).lower()


def _tokens(text: str) -> list[str]:
    plain = "".join(map(_without_marks, text))
    return "".join(c if c.isalnum() or c in "+#" else " " for c in plain).split()


def _spelled(token: str) -> list[str]:
    word = token.translate(_LETTERS).lstrip("+#")
    if len(word) < 3 or not _UNSPACED.search(word):
        return [word] if word else []
    return [word[i : i + 2] for i in range(len(word) - 1)]
