"""How words are compared: without case, accents, apostrophes and punctuation inside a sentence.

Sentence ends stay, as words of their own, so that no phrase reaches from one sentence into the
next. Words as written and plain words correspond one to one, which gives back what was typed.
"""

from __future__ import annotations

import re
import unicodedata

import polars as pl

#: What ends a sentence; each is a word of its own.
ENDS = (".", "?", "!", ";", ":", "\n")
_END = r"[.?!;:\n]"
#: Blanks are left alone here: replacing each by itself would take a third of the time.
_NEITHER = r"[^\p{L}\p{N}.?!;:\n ]+"
#: One word or sentence end, as written.
WRITTEN = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*|[.?!;:\n]"
_NO_WORD = re.compile(r"[^\w.?!;:\n ]|_")
_END_HERE = re.compile(_END)


def with_plain(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with ``plain``: its ``text`` as words, each with a blank before and after.

    Texts without any accent, which are most in English, are spared the search for accents.
    """
    lower = pl.col("text").str.to_lowercase()
    letters = (
        lower.str.replace_all("ß", "ss", literal=True)
        .str.normalize("NFD")
        .str.replace_all(r"\p{M}+", "")
    )
    is_ascii = texts["text"].str.len_bytes() == texts["text"].str.len_chars()
    return pl.concat(
        [
            texts.filter(is_ascii).with_columns(plain=_as_words(lower)),
            texts.filter(~is_ascii).with_columns(plain=_as_words(letters)),
        ]
    )


def _as_words(letters: pl.Expr) -> pl.Expr:
    spaced = letters.str.replace_all(_NEITHER, " ").str.replace_all(_END, " $0 ")
    return pl.format(" {} ", spaced).str.replace_all(r" {2,}", " ")


def plain_piece(text: str) -> str:
    """Return a piece of a pattern spelled likewise; blanks stay where they are."""
    letters = text.lower().replace("ß", "ss")
    if not letters.isascii():
        letters = unicodedata.normalize("NFD", letters)
        letters = "".join(sign for sign in letters if unicodedata.category(sign)[0] != "M")
    return _END_HERE.sub(r" \g<0> ", _NO_WORD.sub(" ", letters))
