"""Which patterns of the lists occur in texts, and where: all words of many texts in a few steps.

Every step goes one word further in all texts at once, and only where a pattern can still be met.
What an occurrence is worth is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import polars as pl

from notworking.hints.automaton import Automaton, Numbers
from notworking.hints.spelling import ENDS

#: Words that may stand where a pattern has "...".
_WIDEST_GAP = 5


class _Walk(NamedTuple):
    """Where patterns are still met: place of the first word, of the last one so far, the node."""

    begin: Numbers
    place: Numbers
    node: Numbers


def occurrences(plain: pl.Series, known: Automaton) -> pl.DataFrame:
    """Return what occurs in texts of plain words.

    Returns:
        ``row`` (place of the text), ``at`` (number of the first word), ``size`` (words), and the
        ``lang``, ``kind`` and ``exempt`` of the line. Several lines may tell the same.
    """
    words = plain.str.split(" ")
    begins = np.cumsum(words.list.len().to_numpy()).astype(np.int64)
    codes = _codes(words.explode(), known)
    told = list(_told(codes, known))
    begin, end, label = (np.concatenate([step[n] for step in told]) for n in range(3))
    row = np.searchsorted(begins, begin, side="right")
    # Every text begins with a blank, and so with an empty word.
    first = np.append(0, begins)[row] + 1
    found = {"row": row, "at": begin - first, "size": end - begin + 1}
    schema = {"row": pl.UInt32, "at": pl.Int64, "size": pl.Int64}
    return pl.DataFrame(found, schema).hstack(known.labels[label])


def _codes(words: pl.Series, known: Automaton) -> Numbers:
    codes = words.cast(known.words, strict=False).to_physical().cast(pl.Int64)
    return codes.fill_null(len(known.first) - 1).to_numpy()


def _told(codes: Numbers, known: Automaton) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Yield first word, last word and label of occurrences, shorter ones first."""
    node = known.first[codes]
    begin = np.flatnonzero(node >= 0)
    walk = _Walk(begin, begin, node[begin])
    while True:
        at, label = known.told.find(walk.node)
        yield walk.begin[at], walk.place[at], label
        if not len(walk.node):
            return
        walk = _next_word(_over_gaps(walk, codes, known), codes, known)


def _next_word(walk: _Walk, codes: Numbers, known: Automaton) -> _Walk:
    # Behind the last word of a text stands a border, so there is a next place.
    place = walk.place + 1
    at, node = known.edges.find(walk.node, codes[place])
    return _Walk(walk.begin[at], place[at], node)


def _over_gaps(walk: _Walk, codes: Numbers, known: Automaton) -> _Walk:
    """Return a walk and, where a gap begins, also every place to which it may reach."""
    at, node = known.gaps.find(walk.node)
    steps = [walk]
    gap = _Walk(walk.begin[at], walk.place[at], node)
    for _ in range(_WIDEST_GAP + 1):
        if not len(gap.node):
            break
        steps.append(gap)
        place = gap.place + 1
        inside = codes[place] > len(ENDS)
        gap = _Walk(gap.begin[inside], place[inside], gap.node[inside])
    return _Walk(*(np.concatenate(part) for part in zip(*steps, strict=True)))
