"""People across all owners: the resolver itself, comparing and contracting on Spark.

Numbers for names and identifiers, candidate pairs and whatever is counted over all of them stay on
the driver: the result must be that of one machine to the last bit. Two stages are sent out, each in
parts that know nothing of one another: comparing pairs, and contracting components. Holds no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import polars as pl

from notworking.resolve import Resolution, resolve
from notworking.resolve import pairs as resolver_pairs
from notworking.resolve.block import Part
from notworking.resolve.cluster import components
from notworking.resolve.compare import Likeness
from notworking.resolve.decide import Verdicts
from notworking.resolve.group import group
from notworking.resolve.pairs import Compared, Pairs
from notworking.resolve.prepare import Records
from notworking.resolve.shared import nothing_shared
from notworking.resolve.tokens import Floats, Ints

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import SparkSession

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class _Component:
    """Whole components for one task: their pairs, and the places of all their contacts."""

    pairs: Compared
    signs: Floats
    verdicts: Verdicts
    members: Ints


def recognise(
    spark: SparkSession,
    contacts: pl.DataFrame,
    points: pl.DataFrame,
    decisions: pl.DataFrame,
    *,
    parts: int,
) -> Resolution:
    """Group contacts into people as ``resolve`` does, in so many parts."""
    run = _Run(spark, parts)
    try:
        return resolve(contacts, points, decisions, compare=run.compare, join=run.join)
    finally:
        for sent in run.sent:
            sent.unpersist()


@dataclass(frozen=True, slots=True)
class _Run:
    """Where the work is done, in how many parts, and the records that every task knows."""

    spark: SparkSession
    parts: int
    sent: list[Broadcast[Records]] = field(default_factory=list)

    def compare(self, records: Records, parts: Iterable[Part]) -> list[Compared]:
        """Compare pairs in parts and put what was found in the order of the pairs."""
        self.sent.append(self.spark.sparkContext.broadcast(records))
        found = list(parts)
        if not found:
            return []
        whole = Part(**dict(_columns(found)))
        # Whether there are many pairs is a matter of the whole, not of a part.
        drops = len(whole.left) > resolver_pairs.MANY_PAIRS
        cuts = (np.flatnonzero(whole.left % self.parts == part) for part in range(self.parts))
        tasks = [Part(whole.left[rows], whole.right[rows], whole.keep[rows]) for rows in cuts]
        return [_in_order(self._spread(tasks, _comparer(self.sent[-1], drops=drops)))]

    def join(self, pairs: Pairs, signs: Floats, verdicts: Verdicts) -> Ints:
        """Contract components in parts: no pair between two of them matters."""
        label = _labels(pairs, signs, verdicts)
        inside = np.flatnonzero(label[pairs.left] == label[pairs.right])
        number = label[pairs.left[inside]] % self.parts
        several = np.flatnonzero(np.bincount(label, minlength=len(label))[label] > 1)
        tasks = []
        for part in range(self.parts):
            rows = inside[number == part]
            members = several[label[several] % self.parts == part]
            tasks.append(_Component(_cut(pairs, rows), signs[rows], verdicts, members))
        groups = np.arange(len(label))
        found = self._spread(tasks, _grouper(self.sent[-1]))
        for task, first in zip(tasks, found, strict=True):
            groups[task.members] = first
        return groups

    def _spread(self, tasks: list[_Given], work: Callable[[_Given], _Found]) -> list[_Found]:
        """Do every task somewhere; return what was found in the order of the tasks."""
        return self.spark.sparkContext.parallelize(tasks, len(tasks)).map(work).collect()


def _comparer(sent: Broadcast[Records], *, drops: bool) -> Callable[[Part], Compared]:
    def compare(part: Part) -> Compared:
        return resolver_pairs.compare_part(sent.value, part, drops=drops)

    return compare


def _in_order(found: list[Compared]) -> Compared:
    columns = dict(_columns(found))
    order = np.lexsort((columns["right"], columns["left"]))
    like = {name: values[order] for name, values in _columns([one.like for one in found])}
    of_pair = {name: columns[name][order] for name in ("left", "right", "keep")}
    return Compared(**of_pair, like=Likeness(**like))


def _columns(found: list[Part] | list[Compared] | list[Likeness]) -> Iterator[tuple[str, Any]]:
    """Yield the arrays of several of a kind, each put together."""
    for one in fields(found[0]):
        columns = [getattr(part, one.name) for part in found]
        if isinstance(columns[0], np.ndarray):
            yield one.name, np.concatenate(columns)


def _labels(pairs: Pairs, signs: Floats, verdicts: Verdicts) -> Ints:
    """Return the component of every contact, by pairs that speak for it and what the users said."""
    same = np.array(verdicts.same, dtype=np.int64).reshape(-1, 2)
    places = np.searchsorted(pairs.records.ids, same)
    positive = signs > 0
    return components(
        len(pairs.records.ids),
        np.concatenate([pairs.left[positive], places[:, 0]]),
        np.concatenate([pairs.right[positive], places[:, 1]]),
    )


def _cut(pairs: Pairs, rows: Ints) -> Compared:
    """Return some pairs; contracting asks for nothing but who they are."""
    like = {one.name: getattr(pairs.like, one.name)[rows] for one in fields(Likeness)}
    none = np.zeros(len(rows), dtype=bool)
    return Compared(pairs.left[rows], pairs.right[rows], none, Likeness(**like))


def _grouper(sent: Broadcast[Records]) -> Callable[[_Component], Ints]:
    def contract(task: _Component) -> Ints:
        cut = task.pairs
        pairs = Pairs(sent.value, cut.left, cut.right, cut.like, nothing_shared())
        # What the user's verdicts join elsewhere lacks its pairs here, and is another task's.
        return group(pairs, task.signs, task.verdicts)[task.members]

    return contract
