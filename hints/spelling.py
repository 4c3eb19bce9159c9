"""How words are compared: without case, accents, apostrophes and punctuation inside a sentence.

Sentence ends stay, as words of their own, so that no phrase reaches from one sentence into the
next. Words as written and plain words correspond one to one, which gives back what was typed.
"""

from __future__ import annotations

import polars as pl

_END = r"[.?!;:\n]"
_NEITHER = r"[^\p{L}\p{N}.?!;:\n]+"
#: One word or sentence end, as written.
WRITTEN = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*|[.?!;:\n]"


def plain(text: pl.Expr) -> pl.Expr:
    """Return texts as plain words, each with one blank before and after it."""
    letters = (
        text.str.to_lowercase()
        .str.replace_all("ß", "ss", literal=True)
        .str.normalize("NFD")
        .str.replace_all(r"\p{M}+", "")
    )
    spaced = letters.str.replace_all(_NEITHER, " ").str.replace_all(_END, " $0 ")
    return pl.format(" {} ", spaced).str.replace_all(r" {2,}", " ")
