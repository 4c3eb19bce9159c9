"""Text to plain ASCII words, and the sound-like skeleton of a word. Knows no names and no lists."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_APOSTROPHES = re.compile(r"(?<=\w)['’ʼʻ`´‘](?=\w)")
_DROPPED_CATEGORIES = frozenset({"So", "Sk", "Cs", "Co", "Cn", "Cc", "Cf", "Mn", "Me"})
_HAN_KANA_HANGUL = re.compile(
    r"^[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+$"
)
_HAN = re.compile(r"^[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+$")
_HANGUL = re.compile(r"^[\uac00-\ud7af]+$")
_GIVEN_UMLAUT = re.compile(r"(?<=[b-df-hj-np-tv-z])([uo])e(?=[b-df-hj-np-tv-z])")
_FAMILY_UMLAUT = re.compile(r"([uoa])e(?=.)|(?<=a)a()")
_SOUNDS = (("sch", "sh"), ("ph", "f"), ("ck", "k"), ("kh", "h"), ("th", "t"))
_SHARP = re.compile("t[zs]")
_LETTERS = str.maketrans({"c": "k", "q": "k", "z": "s", "w": "v", "y": "i", "j": "i"})
_SOFT = str.maketrans("", "", "aeiouhi")
_DOUBLES = re.compile(r"(.)\1+")


def repair(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1; return the text unchanged where it was not."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def to_ascii(text: str) -> str:
    """Return the text in ASCII, without emoji and with apostrophes taken out; case is kept."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", repair(text))
        text = _APOSTROPHES.sub("", text)
        kept = (c for c in text if unicodedata.category(c) not in _DROPPED_CATEGORIES)
        return anyascii("".join(kept))
    return _APOSTROPHES.sub("", text) if "'" in text or "`" in text else text


def is_unspaced_script(text: str) -> bool:
    """Tell whether a word is written in signs that put no blank between family and given name."""
    return bool(_HAN_KANA_HANGUL.match(text))


def has_family_first(text: str) -> bool:
    """Tell whether the first sign of a word is its family name: all Han, or all Hangul."""
    return 2 <= len(text) <= 4 and bool(_HAN.match(text) or _HANGUL.match(text))


def fold_given(word: str) -> str:
    """Write ue and oe inside a given name as u and o: Juergen, Jürgen and Jurgen are one.

    Not ae, which would make Michael a Michal; not at the end, which would make Sue a Su.
    """
    return _GIVEN_UMLAUT.sub(r"\1", word) if "ue" in word or "oe" in word else word


def fold_family(word: str) -> str:
    """Write the digraphs of umlauts and rings in a family name as one vowel (Mueller, Haaland)."""
    if "ue" in word or "oe" in word or "ae" in word or "aa" in word:
        return _FAMILY_UMLAUT.sub(lambda found: found[1] or "", word)
    return word


def skeleton(word: str) -> str:
    """Return what remains of a word when habits of spelling are taken out.

    Catches most slips, doubled letters and the ways in which languages write one sound; the
    first letter stays even if it is a vowel.
    """
    if "h" in word or "ck" in word:
        for written, plain in _SOUNDS:
            word = word.replace(written, plain)
    if "t" in word:
        word = _SHARP.sub("s", word)
    word = word.translate(_LETTERS)
    return _DOUBLES.sub(r"\1", word[:1] + word[1:].translate(_SOFT))
