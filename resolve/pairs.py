"""Candidate pairs with everything that is the same or different about them; weighs nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from notworking.resolve.block import holding_pairs
from notworking.resolve.columns import distinct
from notworking.resolve.compare import Likeness, compare_names
from notworking.resolve.prepare import Records
from notworking.resolve.shared import Shared, find_shared
from notworking.resolve.tokens import DIFFERENT, Bools, Ints

#: From so many candidate pairs on, the hopeless ones are not kept.
MANY_PAIRS = 500_000
#: So many pairs are compared at a time, which is what bounds memory in a large pool.
_AT_A_TIME = 1_000_000


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


def make_pairs(records: Records, left: Ints, right: Ints, wanted: Ints) -> Pairs:
    """Compare the names of candidate pairs and find what identifiers they share.

    Args:
        records: All contacts.
        left: One contact of each pair.
        right: The other; the pairs stand in ascending order.
        wanted: Places of the pairs to keep however little they have in common.
    """
    if len(left) <= MANY_PAIRS:
        like = compare_names(records.names, records.name[left], records.name[right])
    else:
        left, right, like = promising(records, left, right, wanted)
    return Pairs(records, left, right, like, find_shared(records, left, right, like))


def promising(
    records: Records, left: Ints, right: Ints, wanted: Ints
) -> tuple[Ints, Ints, Likeness]:
    """Leave out pairs with a differing name and nothing else in common, unless wanted.

    In a large pool they are most of the pairs, none comes near the least probability that is
    told, and what they say against a group is found again when the group is made.
    """
    one, other, _ = holding_pairs(records)
    holder, size = records.holdings.record, len(records.ids)
    keep = np.isin(left * size + right, distinct(holder[one] * size + holder[other]))
    keep[wanted] = True
    found: list[tuple[Ints, Likeness]] = []
    for start in range(0, len(left), _AT_A_TIME):
        x, y = left[start : start + _AT_A_TIME], right[start : start + _AT_A_TIME]
        like = compare_names(records.names, records.name[x], records.name[y])
        hopeful = keep[start : start + _AT_A_TIME] | ~_is_hopeless(records, x, y, like)
        rows = np.flatnonzero(hopeful)
        found.append((rows + start, _narrow(_picked(like, rows))))
    rows = np.concatenate([rows for rows, _ in found])
    return left[rows], right[rows], _joined([like for _, like in found])


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
