"""Finding hints: messages in, one row for each message, language and kind of hint out.

All sets, no loop over messages: one pass with every phrase of every language at once, and closer
looks only at what it finds. Which language a conversation is in is not decided here.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from notworking.hints.lists import date_phrases, parts, phrases
from notworking.hints.own_words import own_words
from notworking.hints.spelling import WRITTEN, plain

#: Columns of what is found. ``lang`` is null for a link; ``marks`` says what else the message
#: holds: question, number, date, name.
FOUND_SCHEMA: dict[str, Any] = {
    "event_id": pl.Int64,
    "lang": pl.String,
    "kind": pl.String,
    "words": pl.String,
    "marks": pl.List(pl.String),
}
#: Messages looked at in one go: bounds the memory, costs nothing.
_PIECE = 200_000
_LINK = r"(?i)\b(?:https?://|www\.)((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})"
#: Two capitalised words that do not begin a sentence look like somebody's name.
_NAME = r"[\p{L}\p{N},)] \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+"
_SEPARATOR = "\x1f"
_BLANKS = " \t\n\r,-'\"’´`()"
#: Characters that the longest part of a phrase can take.
_LONGEST_PART = 160
#: Words that may stand where a pattern has "...".
_WIDEST_GAP = 5


def find(messages: pl.DataFrame) -> pl.DataFrame:
    """Return the hints in messages.

    Args:
        messages: ``event_id`` and ``text``; each event once.

    Returns:
        The columns of ``FOUND_SCHEMA``, at most one row for each event, language and kind.
    """
    pieces = [
        _find_piece(messages.slice(start, _PIECE)) for start in range(0, messages.height, _PIECE)
    ]
    if not pieces:
        return pl.DataFrame(schema=FOUND_SCHEMA)
    return pl.concat(pieces)


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
    anchors = parts()["anchor"].unique().implode()
    first = parts().filter("begins")["anchor"].unique().implode()
    spoken = (
        own.with_columns(plain=plain(pl.col("text")))
        .filter(pl.col("plain").str.contains_any(first))
        .with_columns(
            anchor=pl.col("plain").str.extract_many(anchors, overlapping=True),
            offset=pl.col("plain").str.find_many(anchors, overlapping=True),
        )
    )
    hits = _first_of_a_kind(_counting(_whole(_located(spoken), spoken)))
    told = spoken.join(hits.select("row").unique(), on="row", how="semi").select(
        "row", words=_written(pl.col("text")), marks=_marks()
    )
    return (
        hits.join(told, on="row")
        .with_columns(
            words=pl.col("words").list.slice("at", "size").list.join("").str.strip_chars(_BLANKS)
        )
        .select("row", "lang", "kind", "words", "marks")
    )


def _located(spoken: pl.DataFrame) -> pl.DataFrame:
    """Return every part of a phrase that occurs, with the number of the word it begins at.

    Where the first words of a part stand, the words from there on are looked up, in every length
    that a part can have. So the search knows thousands of beginnings, not all phrases.
    """
    before = pl.col("plain").cast(pl.Binary).bin.slice(0, pl.col("offset")).cast(pl.String)
    sizes = parts().select("anchor", "size").unique()
    return (
        spoken.select("row", "plain", "anchor", "offset")
        .explode("anchor", "offset")
        .with_columns(before=before)
        .select(
            "row",
            "anchor",
            at=pl.col("before").str.count_matches(" ", literal=True).cast(pl.Int64),
            rest=pl.col("plain").str.slice(pl.col("before").str.len_chars() + 1, _LONGEST_PART),
        )
        .with_columns(pl.col("rest").str.split(" "))
        .join(sizes, on="anchor")
        .filter(pl.col("rest").list.len() > pl.col("size"))
        .with_columns(part=pl.format(" {} ", pl.col("rest").list.head("size").list.join(" ")))
        .join(parts().select("part").unique(), on="part", how="semi")
        .select("row", "part", "at")
        .unique()
    )


def _whole(located: pl.DataFrame, spoken: pl.DataFrame) -> pl.DataFrame:
    """Return the phrases that occur in full: those of one part, and those whose tail follows."""
    heads = located.join(phrases(), left_on="part", right_on="phrase")
    gapped = (
        heads.drop_nulls("tail")
        .join(located, left_on=["row", "tail"], right_on=["row", "part"], suffix="_tail")
        .with_columns(gap=pl.col("at_tail") - pl.col("at") - pl.col("size"))
        .filter(pl.col("gap").is_between(0, _WIDEST_GAP))
        .join(spoken.select("row", "plain"), on="row")
    )
    between = (
        pl.col("plain")
        .str.strip_chars(" ")
        .str.split(" ")
        .list.slice(pl.col("at") + pl.col("size"), "gap")
        .list.join(" ")
    )
    joined = gapped.filter(~between.str.contains(r"[.?!;:\n]")).with_columns(
        size=pl.col("size") + pl.col("gap") + pl.col("tail_size")
    )
    columns = ("row", "lang", "kind", "exempt", "at", "size")
    return pl.concat(
        [heads.filter(pl.col("tail").is_null()).select(columns), joined.select(columns)]
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
        mark(pl.col("plain").str.contains_any(date_phrases().implode()), "date"),
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
