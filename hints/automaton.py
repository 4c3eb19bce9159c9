"""All patterns of all lists as one automaton over words, a few hundred kilobytes of numbers.

Spelled out, the lists are more than a hundred thousand phrases and a hundred megabytes; here a
pattern takes about as many edges as it has words. The texts are walked in ``walk``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from notworking.hints.lists import Line, Pattern, Pieces, lines
from notworking.hints.spelling import ENDS

Numbers = npt.NDArray[np.int64]

#: Code of what stands between two texts: no pattern reaches over it.
BORDER = 0
#: Node before the first word. Only its edges are the same for all lines, as nearly all that is
#: looked up is looked up there.
_START = 0
_BLANK = (" ",)
#: Places in the sieve before the edges; a power of two.
_SIEVE = 1 << 18


@dataclass(frozen=True, slots=True)
class Several:
    """Some values for each number from 0 on: those of n from ``begins[n]`` on."""

    begins: Numbers
    values: Numbers

    def find(self, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """Return which of the wanted numbers have a value, and the values, one place for each."""
        counts = self.begins[wanted + 1] - self.begins[wanted]
        having = np.flatnonzero(counts)
        counts = counts[having]
        places = np.repeat(having, counts)
        first = np.repeat(self.begins[wanted[having]] - np.cumsum(counts) + counts, counts)
        return places, self.values[first + np.arange(len(places))]


@dataclass(frozen=True, slots=True)
class Edges:
    """Where a word leads to from a node: ``keys`` are ``node * width + code``, ascending.

    Attributes:
        sieve: False for what is surely no key, by the last bits; nearly all that is asked is none.
        nodes: Place among the keys to the nodes that are led to.
    """

    width: int
    keys: Numbers
    sieve: npt.NDArray[np.bool_]
    nodes: Several

    def find(self, node: Numbers, code: Numbers) -> tuple[Numbers, Numbers]:
        """Return which of the pairs lead on, and the nodes that they lead to."""
        wanted = node * self.width + code
        may = np.flatnonzero(self.sieve[wanted & (_SIEVE - 1)])
        wanted = wanted[may]
        at = np.searchsorted(self.keys, wanted)
        at[at == len(self.keys)] = 0
        does = np.flatnonzero(self.keys[at] == wanted)
        places, nodes = self.nodes.find(at[does])
        return may[does[places]], nodes


@dataclass(frozen=True, slots=True)
class Automaton:
    """What walks the words of texts.

    Attributes:
        words: Every word of the lists in the order of their codes; code 0 is the border, the first
            code behind the last word is any other word.
        first: By code of a word: the node that it leads to as the first word, or -1.
        edges: Node and code of the next word to nodes.
        gaps: Node to those behind a gap.
        told: Node to the labels of what is found there.
        labels: ``lang``, ``kind``, ``exempt``, in the order of their numbers.
    """

    words: pl.Enum
    first: Numbers
    edges: Edges
    gaps: Several
    told: Several
    labels: pl.DataFrame


@dataclass(slots=True)
class _Graph:
    nodes: int = 1
    codes: dict[str, int] = field(default_factory=lambda: {"": BORDER})
    first: dict[str, int] = field(default_factory=dict)
    #: One is there from the start and never walked, so that there are some.
    edges: list[tuple[int, int, int]] = field(default_factory=lambda: [(_START, BORDER, _START)])
    gaps: list[tuple[int, int]] = field(default_factory=list)
    told: list[tuple[int, int]] = field(default_factory=list)

    def node(self) -> int:
        """Return a new node."""
        self.nodes += 1
        return self.nodes - 1

    def code(self, word: str) -> int:
        """Return the number of a word."""
        return self.codes.setdefault(word, len(self.codes))

    def step(self, nodes: Iterable[int], word: str, to: int) -> set[int]:
        """Lead from nodes over a word to another; return where that has led."""
        code = self.code(word)
        ends = set()
        for node in nodes:
            if node == _START:
                ends.add(self.first.get(word) or self.first.setdefault(word, self.node()))
            else:
                ends.add(to)
                self.edges.append((node, code, to))
        return ends


@cache
def automaton() -> Automaton:
    """Return the automaton of all lists."""
    return built(lines())


def built(known: Iterable[Line]) -> Automaton:
    """Return the automaton of some lines, in which sentence ends have the lowest codes."""
    graph = _Graph()
    for sign in ENDS:
        graph.code(sign)
    labels: dict[tuple[str, str, bool], int] = {}
    for line in known:
        label = labels.setdefault((line.language, line.kind, line.exempt), len(labels))
        graph.told += [(node, label) for node in _drawn(graph, line.pattern)]
    return _frozen(graph, list(labels))


def _drawn(graph: _Graph, pattern: Pattern) -> set[int]:
    """Add a pattern to the graph; return the nodes at its end."""
    ends = _led(graph, {_START}, pattern.head)
    if not pattern.tail:
        return ends
    behind = graph.node()
    graph.gaps += [(node, behind) for node in ends]
    return _led(graph, {behind}, pattern.tail)


def _led(graph: _Graph, nodes: set[int], pieces: Pieces) -> set[int]:
    """Lead from nodes over all spellings of some pieces.

    A word may reach over the border of pieces, so what is begun of it is carried along. All words
    that end in one piece lead to one node, whatever came before: that keeps the graph small.
    """
    reached = {"": nodes}
    for piece in (*pieces, _BLANK):
        if all(choice.startswith(" ") for choice in piece):
            reached = _over(graph, reached, _BLANK)
        reached = _over(graph, reached, piece)
    return reached[""]


def _over(
    graph: _Graph, reached: dict[str, set[int]], piece: tuple[str, ...]
) -> dict[str, set[int]]:
    onward: dict[str, set[int]] = {}
    meeting: dict[str, int] = {}
    for begun, nodes in reached.items():
        for choice in piece:
            *whole, rest = (begun + choice).split(" ")
            words = [word for word in whole if word]
            ends = nodes
            for word in words[:-1]:
                ends = graph.step(ends, word, graph.node())
            if words:
                meeting.setdefault(rest, graph.node())
                ends = graph.step(ends, words[-1], meeting[rest])
            onward.setdefault(rest, set()).update(ends)
    return onward


def _frozen(graph: _Graph, labels: list[tuple[str, str, bool]]) -> Automaton:
    width = len(graph.codes) + 1
    first = np.full(width, -1, np.int64)
    first[[graph.codes[word] for word in graph.first]] = list(graph.first.values())
    schema = {"lang": pl.String, "kind": pl.String, "exempt": pl.Boolean}
    return Automaton(
        words=pl.Enum(list(graph.codes)),
        first=first,
        edges=_edges(graph.edges, width),
        gaps=_several(graph.gaps, graph.nodes),
        told=_several(graph.told, graph.nodes),
        labels=pl.DataFrame(labels, schema=schema, orient="row"),
    )


def _edges(edges: list[tuple[int, int, int]], width: int) -> Edges:
    whole = np.array(edges, np.int64)
    keys, place = np.unique(whole[:, 0] * width + whole[:, 1], return_inverse=True)
    sieve = np.zeros(_SIEVE, np.bool_)
    sieve[keys & (_SIEVE - 1)] = True
    pairs = zip(place.tolist(), whole[:, 2].tolist(), strict=True)
    return Edges(width, keys, sieve, _several(pairs, len(keys)))


def _several(pairs: Iterable[tuple[int, int]], size: int) -> Several:
    ordered = np.array(sorted(set(pairs)), np.int64).reshape(-1, 2)
    return Several(np.searchsorted(ordered[:, 0], np.arange(size + 1)), ordered[:, 1])
