"""People across all owners: the resolver itself, comparing and contracting on Spark.

Numbers for names and identifiers, candidate pairs and whatever is counted over all of them stay on
the driver: the result must be that of one machine to the last bit. Two stages are sent out, each in
parts that know nothing of one another: comparing pairs, and contracting components. Holds no rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import polars as pl

from notworking.resolve import Resolution, resolve
from notworking.resolve import pairs as resolver_pairs
from notworking.resolve.block import holding_pairs
from notworking.resolve.cluster import components
from notworking.resolve.compare import Likeness, compare_names
from notworking.resolve.decide import Verdicts
from notworking.resolve.group import group
from notworking.resolve.pairs import Pairs
from notworking.resolve.prepare import Records
from notworking.resolve.shared import Shared, find_shared
from notworking.resolve.tokens import Floats, Ints

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import SparkSession

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class _Part:
    """Pairs for one task, ascending, and the places of those that must not be dropped."""

    left: Ints
    right: Ints
    wanted: Ints
    drops: bool


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a task found out about its pairs, without the records it was compared by."""

    left: Ints
    right: Ints
    like: Likeness
    shared: Shared


@dataclass(frozen=True, slots=True)
class _Component:
    """Whole components for one task: their pairs, and the places of all their contacts."""

    pairs: _Compared
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

    def compare(self, records: Records, left: Ints, right: Ints, wanted: Ints) -> Pairs:
        """Compare pairs in parts and put what was found in the order of the pairs."""
        self.sent.append(self.spark.sparkContext.broadcast(records))
        is_wanted = np.zeros(len(left), dtype=bool)
        is_wanted[wanted] = True
        drops = len(left) > resolver_pairs.MANY_PAIRS
        number = _part_of(records, left, right, self.parts)
        tasks = [
            _Part(left[rows], right[rows], np.flatnonzero(is_wanted[rows]), drops)
            for rows in (np.flatnonzero(number == part) for part in range(self.parts))
        ]
        return _joined(records, self._spread(tasks, _comparer(self.sent[-1])))

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


def _part_of(records: Records, left: Ints, right: Ints, parts: int) -> Ints:
    """Return the part that each pair goes to: who shares an identifier stays together.

    How many bear an identifier is counted over the pairs of its holders.
    """
    one, other, _ = holding_pairs(records)
    held = records.holdings.record
    together = components(len(records.ids), held[one], held[other])
    return np.where(together[left] == together[right], together[left], left) % parts


def _comparer(sent: Broadcast[Records]) -> Callable[[_Part], _Compared]:
    def compare(part: _Part) -> _Compared:
        records, left, right = sent.value, part.left, part.right
        # Whether there are many pairs is a matter of the whole, not of a part.
        if part.drops:
            left, right, like = resolver_pairs.promising(records, left, right, part.wanted)
        else:
            like = compare_names(records.names, records.name[left], records.name[right])
        return _Compared(left, right, like, find_shared(records, left, right, like))

    return compare


def _joined(records: Records, found: list[_Compared]) -> Pairs:
    left = np.concatenate([one.left for one in found])
    right = np.concatenate([one.right for one in found])
    order = np.lexsort((right, left))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    starts = np.cumsum([0, *(len(one.left) for one in found)])
    pair = np.concatenate(
        [place[one.shared.pair + start] for one, start in zip(found, starts[:-1], strict=True)]
    )
    by_pair = np.argsort(pair)
    like = {name: values[order] for name, values in _columns([one.like for one in found])}
    shared = {name: values[by_pair] for name, values in _columns([one.shared for one in found])}
    shared["pair"] = pair[by_pair]
    return Pairs(records, left[order], right[order], Likeness(**like), Shared(**shared))


def _columns(found: list[Likeness] | list[Shared]) -> Iterator[tuple[str, Any]]:
    for one in fields(found[0]):
        yield one.name, np.concatenate([getattr(part, one.name) for part in found])


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


def _cut(pairs: Pairs, rows: Ints) -> _Compared:
    """Return some pairs; contracting asks for nothing but who they are."""
    like = {one.name: getattr(pairs.like, one.name)[rows] for one in fields(Likeness)}
    none = {one.name: getattr(pairs.shared, one.name)[:0] for one in fields(Shared)}
    return _Compared(pairs.left[rows], pairs.right[rows], Likeness(**like), Shared(**none))


def _grouper(sent: Broadcast[Records]) -> Callable[[_Component], Ints]:
    def contract(task: _Component) -> Ints:
        cut = task.pairs
        pairs = Pairs(sent.value, cut.left, cut.right, cut.like, cut.shared)
        # What the user's verdicts join elsewhere lacks its pairs here, and is another task's.
        return group(pairs, task.signs, task.verdicts)[task.members]

    return contract
