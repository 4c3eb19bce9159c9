"""Candidate pairs with everything that is the same or different about them; weighs nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from notworking.resolve.block import Part
from notworking.resolve.compare import Likeness, compare_names
from notworking.resolve.prepare import Records
from notworking.resolve.shared import Shared, find_shared
from notworking.resolve.tokens import DIFFERENT, Bools, Ints

#: From so many candidate pairs on, the hopeless ones are not kept.
MANY_PAIRS = 500_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of contacts, ascending, the first place smaller than the second.

    Attributes:
        records: All contacts.
        left: Place of one contact of each pair.
        right: Place of the other.
        like: How alike their names are.
        shared: The identifiers some of them share.
    """

    records: Records
    left: Ints
    right: Ints
    like: Likeness
    shared: Shared


@dataclass(frozen=True, slots=True)
class Compared:
    """Some of the candidate pairs and how alike their names are; what they share is not known yet.

    Attributes:
        left: Place of one contact of each pair.
        right: Place of the other.
        keep: Whether the pair is kept however little speaks for it.
        like: How alike their names are.
    """

    left: Ints
    right: Ints
    keep: Bools
    like: Likeness


_Parts = TypeVar("_Parts", Part, Compared)


def compare_parts(records: Records, parts: Iterable[Part]) -> Iterator[Compared]:
    """Compare the names of candidate pairs; where there are many, leave out the hopeless ones."""
    for part, is_many in with_many(parts, MANY_PAIRS):
        yield compare_part(records, part, drops=is_many)


def with_many(parts: Iterable[_Parts], most: int) -> Iterator[tuple[_Parts, bool]]:
    """Yield parts, each with whether all together have more than so many pairs."""
    following = iter(parts)
    held: deque[_Parts] = deque()
    size = 0
    for part in following:
        held.append(part)
        size += len(part.left)
        if size > most:
            break
    while held:
        yield held.popleft(), size > most
    for part in following:
        yield part, True


def compare_part(records: Records, part: Part, *, drops: bool) -> Compared:
    """Compare names; leave out differing ones of pairs with nothing else in common, if asked.

    In a large pool they are most of the pairs, none comes near the least probability that is
    told, and what they say against a group is found again when the group is made.
    """
    like = compare_names(records.names, records.name[part.left], records.name[part.right])
    compared = Compared(part.left, part.right, part.keep, like)
    if not drops:
        return compared
    hopeful = part.keep | ~_is_hopeless(records, part.left, part.right, like)
    return picked(compared, np.flatnonzero(hopeful))


def picked(compared: Compared, rows: Ints) -> Compared:
    """Return some of the pairs, in a form that takes little room."""
    left, right = compared.left[rows], compared.right[rows]
    return Compared(left, right, compared.keep[rows], _narrow(_picked(compared.like, rows)))


def join_parts(records: Records, parts: Iterable[Compared]) -> Pairs:
    """Put parts together, which have to follow one another, and find what identifiers they share.

    Args:
        records: All contacts.
        parts: Pairs with their names compared.
    """
    found = list(parts) or [_nothing(records)]
    left = np.concatenate([part.left for part in found])
    right = np.concatenate([part.right for part in found])
    like = _joined([part.like for part in found])
    return Pairs(records, left, right, like, find_shared(records, left, right, like))


def _nothing(records: Records) -> Compared:
    none = np.empty(0, dtype=np.int64)
    return compare_part(records, Part(none, none, none.astype(bool)), drops=False)


def _is_hopeless(records: Records, left: Ints, right: Ints, like: Likeness) -> Bools:
    hopeless = (like.given == DIFFERENT) | (like.family == DIFFERENT)
    for column in (records.company, records.mail_company, records.day):
        hopeless &= (column[left] < 0) | (column[left] != column[right])
    return np.asarray(hopeless)


def pick(pairs: Pairs, rows: Ints) -> Pairs:
    """Return some of the pairs; their places have to ascend."""
    shared = pairs.shared
    place = np.searchsorted(rows, shared.pair)
    known = np.flatnonzero(np.append(rows, -1)[place] == shared.pair)
    columns = {field.name: getattr(shared, field.name)[known] for field in fields(Shared)}
    return replace(
        pairs,
        left=pairs.left[rows],
        right=pairs.right[rows],
        like=_picked(pairs.like, rows),
        shared=Shared(**columns | {"pair": place[known]}),
    )


def _picked(like: Likeness, rows: Ints) -> Likeness:
    return Likeness(**{field.name: getattr(like, field.name)[rows] for field in fields(Likeness)})


def _narrow(like: Likeness) -> Likeness:
    """Keep words in four bytes and levels in one: in a large pool this is most of the memory."""
    columns = {field.name: getattr(like, field.name) for field in fields(Likeness)}
    for name in ("given_left", "given_right", "family_left", "family_right"):
        columns[name] = columns[name].astype(np.int32)
    for name in ("given", "family", "middle"):
        columns[name] = columns[name].astype(np.int8)
    return Likeness(**columns)


def _joined(likes: list[Likeness]) -> Likeness:
    columns = {
        field.name: np.concatenate([getattr(like, field.name) for like in likes])
        for field in fields(Likeness)
    }
    return Likeness(**columns)
