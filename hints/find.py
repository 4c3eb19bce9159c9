"""Finding hints: messages in, one row for each message, language and kind of hint out.

All sets, no loop over messages: one pass with every pattern of every language at once, and closer
looks only at what it finds. Which language a conversation is in is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import polars as pl

from notworking.hints.lists import DATE
from notworking.hints.own_words import own_words
from notworking.hints.spelling import WRITTEN, with_plain

#: Columns of what is found. ``lang`` is null for a link; ``marks`` says what else the message
#: holds: question, number, date, name.
FOUND_SCHEMA: dict[str, Any] = {
    "event_id": pl.Int64,
    "lang": pl.String,
    "kind": pl.String,
    "words": pl.String,
    "marks": pl.List(pl.String),
}
#: Bytes of text looked at in one go: bounds the memory, which is several times that.
_PIECE = 1_000_000
_LINK = r"(?i)\b(?:https?://|www\.)((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})"
#: Two capitalised words that do not begin a sentence look like somebody's name.
_NAME = r"[\p{L}\p{N},)] \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+"
_SEPARATOR = "\x1f"
_BLANKS = " \t\n\r,-'\"’´`()"


def find(messages: pl.DataFrame) -> pl.DataFrame:
    """Return the hints in messages.

    Args:
        messages: ``event_id`` and ``text``; each event once.

    Returns:
        The columns of ``FOUND_SCHEMA``, at most one row for each event, language and kind.
    """
    found = [_find_piece(piece) for piece in _pieces(messages)]
    return pl.concat(found) if found else pl.DataFrame(schema=FOUND_SCHEMA)


def _pieces(messages: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Cut messages where their texts have grown to about ``_PIECE``."""
    read = messages["text"].str.len_bytes().fill_null(0).cast(pl.Int64).cum_sum() // _PIECE
    borders = (read != read.shift()).arg_true().to_list()
    for start, end in pairwise([0, *borders, messages.height]):
        yield messages.slice(start, end - start)


def _find_piece(messages: pl.DataFrame) -> pl.DataFrame:
    """Look at every distinct text once, then hand what it holds to all its events."""
    texts = messages.select("text").drop_nulls().unique(maintain_order=True).with_row_index("row")
    own = own_words(texts)
    found = pl.concat([_phrase_hits(own), _links(own)])
    return (
        messages.join(texts, on="text")
        .join(found, on="row")
        .select(list(FOUND_SCHEMA))
        .sort("event_id", "kind", "lang", nulls_last=True)
    )


def _phrase_hits(own: pl.DataFrame) -> pl.DataFrame:
    # With them comes numpy: a tenth of a second that a run without news need not wait.
    from notworking.hints.automaton import automaton  # noqa: PLC0415
    from notworking.hints.walk import occurrences  # noqa: PLC0415

    spoken = with_plain(own)
    met = occurrences(spoken["plain"], automaton())
    met = met.with_columns(row=spoken["row"].gather(met["row"]))
    hits = _first_of_a_kind(_counting(met.filter(pl.col("kind") != DATE)))
    dated = met.filter(pl.col("kind") == DATE).select("row", dated=pl.lit(True)).unique()
    told = (
        spoken.join(hits.select("row").unique(), on="row", how="semi")
        .join(dated, on="row", how="left")
        .select("row", words=_written(pl.col("text")), marks=_marks())
    )
    return (
        hits.join(told, on="row")
        .with_columns(
            words=pl.col("words").list.slice("at", "size").list.join("").str.strip_chars(_BLANKS)
        )
        .select("row", "lang", "kind", "words", "marks")
    )


def _counting(hits: pl.DataFrame) -> pl.DataFrame:
    """Leave out exceptions, and the hits that overlap one of their own language and kind."""
    hits = hits.with_columns(end=pl.col("at") + pl.col("size")).with_row_index("hit")
    exempted = (
        hits.filter("exempt")
        .join(hits.filter(~pl.col("exempt")), on=["row", "lang", "kind"], suffix="_meant")
        .filter((pl.col("at") < pl.col("end_meant")) & (pl.col("at_meant") < pl.col("end")))
    )
    return hits.filter(~pl.col("exempt")).join(
        exempted.select(hit="hit_meant"), on="hit", how="anti"
    )


def _first_of_a_kind(hits: pl.DataFrame) -> pl.DataFrame:
    ordered = hits.sort("at", "size", descending=[False, True])
    return ordered.unique(["row", "lang", "kind"], keep="first", maintain_order=True)


def _written(text: pl.Expr) -> pl.Expr:
    """Return a text cut before each of its words, with what stands behind the word."""
    cut = text.str.replace_all(WRITTEN, _SEPARATOR + "$0").str.split(_SEPARATOR)
    return cut.list.slice(1)


def _marks() -> pl.Expr:
    def mark(holds: pl.Expr, name: str) -> pl.Expr:
        return pl.when(holds).then(pl.lit(name))

    text = pl.col("text")
    return pl.concat_list(
        mark(text.str.contains("?", literal=True), "question"),
        mark(text.str.contains(r"\p{N}"), "number"),
        mark(pl.col("dated"), "date"),
        mark(text.str.contains(_NAME), "name"),
    ).list.drop_nulls()


def _links(own: pl.DataFrame) -> pl.DataFrame:
    """Return the texts that hand on an address, with its host."""
    return (
        own.select("row", words=pl.col("text").str.extract(_LINK, 1).str.to_lowercase())
        .drop_nulls("words")
        .with_columns(
            lang=pl.lit(None, pl.String),
            kind=pl.lit("link"),
            marks=pl.lit([], pl.List(pl.String)),
        )
        .select("row", "lang", "kind", "words", "marks")
    )
